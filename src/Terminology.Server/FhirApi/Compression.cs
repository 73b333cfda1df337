using System.Buffers;
using System.IO.Compression;

namespace Terminology.Server.FhirApi;

/// <summary>Bodies in brotli or gzip, for who takes them; small ones stay as they are.</summary>
internal static class Compression
{
    private const int Smallest = 1400, BrotliQuality = 4, BrotliWindow = 22;

    /// <summary>The encoding to use for a body of this size; null for none.</summary>
    public static string? EncodingFor(HttpContext context, int bytes)
    {
        if (bytes < Smallest) return null;
        var accepted = context.Request.Headers.AcceptEncoding;
        if (accepted.Count == 0) return null;
        var wanted = context.Request.GetTypedHeaders().AcceptEncoding;
        if (wanted.Any(encoding => encoding.Value == "br" && encoding.Quality is not 0)) return "br";
        return wanted.Any(encoding => encoding.Value == "gzip" && encoding.Quality is not 0) ? "gzip" : null;
    }

    /// <summary>Writes the body in this encoding.</summary>
    public static async Task WriteAsync(HttpContext context, string encoding, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.Headers.ContentEncoding = encoding;
        var target = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(body.Length) + 64);
        try
        {
            var length = encoding == "br" ? Brotli(body.Span, target) : Gzip(body.Span, target);
            response.ContentLength = length;
            await FhirPipeline.SendAsync(context, target.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(target);
        }
    }

    private static int Brotli(ReadOnlySpan<byte> body, byte[] target)
        => BrotliEncoder.TryCompress(body, target, out var written, BrotliQuality, BrotliWindow) ? written : throw new InvalidOperationException("The buffer is as large as brotli can need.");

    private static int Gzip(ReadOnlySpan<byte> body, byte[] target)
    {
        using var stream = new MemoryStream(target);
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(body);
        return (int)stream.Position;
    }
}
