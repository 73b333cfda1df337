namespace Terminology.Mapping.Rows;

/// <summary>A step with a row that follows from something else: a sample, a question.</summary>
/// <param name="Row">The row after it.</param>
/// <param name="Command">The step.</param>
public sealed record RowStep(MapRow Row, RowCommand Command);
