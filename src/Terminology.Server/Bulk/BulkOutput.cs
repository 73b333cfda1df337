using System.Security.Cryptography;

namespace Terminology.Server.Bulk;

/// <summary>
/// What a run writes: gathered in pieces and summed up in a hash. While one piece is handed on the next is gathered; a reader that is slower is waited for.
/// </summary>
internal sealed class BulkOutput(Stream stream) : IAsyncDisposable
{
    private const int Piece = 1 << 18;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _gathered = new byte[2 * Piece], _handedOn = new byte[2 * Piece];
    private Task _before = Task.CompletedTask;
    private int _length;

    public bool IsFull => _length >= Piece;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _gathered.Length - _length) Array.Resize(ref _gathered, Math.Max(2 * _gathered.Length, _length + bytes.Length));
        bytes.CopyTo(_gathered.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Write(byte value)
    {
        if (_length == _gathered.Length) Array.Resize(ref _gathered, 2 * _gathered.Length);
        _gathered[_length++] = value;
    }

    /// <summary>Hands on what was gathered, when what was before is handed on.</summary>
    public async ValueTask FlushAsync(CancellationToken aborted)
    {
        await _before;
        (_gathered, _handedOn) = (_handedOn, _gathered);
        var piece = _handedOn.AsMemory(0, _length);
        _length = 0;
        _before = Task.Factory.StartNew(() => HandOnAsync(piece, aborted), aborted, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();
    }

    /// <summary>Hands on all that was gathered.</summary>
    public async ValueTask CompleteAsync(CancellationToken aborted)
    {
        await FlushAsync(aborted);
        await _before;
    }

    /// <summary>Of what was handed on.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Waits for what is being handed on, whatever became of it: nothing writes behind it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _hash.Dispose();
    }

    private async Task HandOnAsync(ReadOnlyMemory<byte> piece, CancellationToken aborted)
    {
        _hash.AppendData(piece.Span);
        await stream.WriteAsync(piece, aborted);
    }
}
