using Terminology.Issues;

namespace Terminology.Server.Bulk;

/// <summary>The columns that an answer has, and those of them that are wanted, in the order wanted.</summary>
internal sealed class BulkColumns
{
    private readonly string[] _all;
    private readonly int[] _wanted;

    private BulkColumns(string[] all, int[] wanted) => (_all, _wanted) = (all, wanted);

    /// <summary>Names of the columns wanted.</summary>
    public IEnumerable<string> Names => Of(_all);

    /// <summary>All of them; the last one is for messages.</summary>
    public static BulkColumns All(params string[] all) => new(all, [.. Enumerable.Range(0, all.Length)]);

    /// <summary>Some of them.</summary>
    /// <param name="names">Separated by commas; all when nothing is named.</param>
    /// <exception cref="TerminologyException">Value: there is no such column.</exception>
    public BulkColumns Choose(string? names)
    {
        if (string.IsNullOrWhiteSpace(names)) return this;
        return new(_all, [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Array.IndexOf(_all, name) is >= 0 and var place
            ? place
            : throw new TerminologyException(IssueType.Value, "UNKNOWN_COLUMN", BulkMessages.UnknownColumn(name, string.Join(", ", _all))) { Expression = "columns" })]);
    }

    /// <summary>The fields wanted, of one for each column there is.</summary>
    public IEnumerable<string> Of(IReadOnlyList<string> fields) => _wanted.Select(place => fields[place]);

    /// <summary>The fields wanted of an answer that is nothing but a message.</summary>
    public IEnumerable<string> OfMessage(string message) => Of([.. Enumerable.Repeat("", _all.Length - 1), message]);
}
