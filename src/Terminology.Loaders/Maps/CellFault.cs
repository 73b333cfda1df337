namespace Terminology.Loaders.Maps;

/// <summary>A cell for which its row is refused; caught where rows are read.</summary>
internal sealed class CellFault(string message, int column) : Exception(message)
{
    /// <summary>Zero-based column; -1 when it is about the row.</summary>
    public int Column { get; } = column;
}
