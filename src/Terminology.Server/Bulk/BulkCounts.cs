namespace Terminology.Server.Bulk;

/// <summary>What came of a run.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="NotFound">Of these, such as are not done.</param>
/// <param name="Sha256">Of all that was written, in hexadecimal digits.</param>
internal sealed record BulkCounts(long Rows, long NotFound, string Sha256);
