using System.Security.Cryptography;

namespace Terminology.Server.Bulk;

/// <summary>
/// What a run writes, piece by piece, summed up in a hash. While one piece is handed on the next is formed; a reader that is slower is waited for.
/// </summary>
internal sealed class BulkOutput(Stream stream) : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Task _before = Task.CompletedTask;

    /// <summary>Hands on a piece, when what was before is handed on. It is not to be changed until the next call comes back.</summary>
    public async ValueTask HandOnAsync(ReadOnlyMemory<byte> piece, CancellationToken aborted)
    {
        await _before;
        _before = WriteAsync(piece, aborted);
    }

    /// <summary>Waits until all is handed on.</summary>
    public Task CompleteAsync() => _before;

    /// <summary>Of what was handed on.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Waits for what is being handed on, whatever became of it: nothing writes behind it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _hash.Dispose();
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> piece, CancellationToken aborted)
    {
        var hashing = Task.Factory.StartNew(() => _hash.AppendData(piece.Span), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
        try
        {
            await Task.Factory.StartNew(() => stream.WriteAsync(piece, aborted).AsTask(), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();
        }
        finally
        {
            await hashing;
        }
    }
}
