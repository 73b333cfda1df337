namespace Terminology.Server.Bulk;

/// <summary>A question that is not found.</summary>
/// <param name="Parts">The fields that make it.</param>
/// <param name="Line">Line of the first row that asks it, in the piece of the table that is told of.</param>
/// <param name="Count">Rows that ask it there.</param>
internal readonly record struct BulkMiss(string[] Parts, long Line, int Count);
