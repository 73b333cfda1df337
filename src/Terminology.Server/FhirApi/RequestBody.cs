using System.Buffers;
using System.Runtime.InteropServices;
using Terminology.Issues;
using Terminology.Server.Limits;

namespace Terminology.Server.FhirApi;

/// <summary>
/// The bytes of a request. Those that are refused before anything is done with them go back to where the next ones are read into: a client that sends rubbish of many
/// megabytes over and over makes nothing that must be collected, and so holds up nobody. What is understood may be kept by who answers, and never goes back.
/// </summary>
internal static class RequestBody
{
    private const int UsualLength = 4096;

    /// <summary>Reads a body.</summary>
    /// <param name="request">Whose.</param>
    /// <param name="atMost">The longest that is allowed; the server refuses longer ones while they are read.</param>
    /// <param name="pace">How fast it may be read; null: as fast as it comes.</param>
    /// <param name="aborted">The client is gone.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long atMost, BodyPace? pace, CancellationToken aborted)
    {
        var (buffer, read) = (ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? UsualLength, atMost)), 0);
        try
        {
            while (true)
            {
                if (read == buffer.Length && read != request.ContentLength) buffer = Longer(buffer);
                var more = read == buffer.Length ? 0 : await request.Body.ReadAsync(buffer.AsMemory(read), aborted);
                if (more == 0) return buffer.AsMemory(0, read);
                read += more;
                if (pace is not null) await pace.ReadAsync(more, aborted);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>Reads what a body says.</summary>
    /// <exception cref="TerminologyException">It cannot be understood; its bytes are not to be looked at any more.</exception>
    public static T Understand<T>(ReadOnlyMemory<byte> body, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (TerminologyException)
        {
            if (MemoryMarshal.TryGetArray(body, out var bytes) && bytes.Array is { Length: > 0 } array) ArrayPool<byte>.Shared.Return(array);
            throw;
        }
    }

    private static byte[] Longer(byte[] buffer)
    {
        var longer = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(longer, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return longer;
    }
}
