using System.Text;

namespace Terminology.Loaders.Lists;

/// <summary>Lines of a text that end with LF, CRLF or CR; a line beyond <see cref="Longest"/> is cut there and the rest of it passed over.</summary>
internal sealed class ListLines(TextReader reader)
{
    /// <summary>Longest line in characters.</summary>
    public const int Longest = 1 << 20;

    private readonly char[] _buffer = new char[1 << 15];
    private readonly StringBuilder _long = new();
    private int _start, _end;
    private bool _afterReturn;

    /// <summary>The next line without its end, null after the last.</summary>
    public string? Read(out bool isTooLong)
    {
        isTooLong = false;
        _long.Clear();
        var any = false;
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, reader.Read(_buffer));
                if (_end == 0) return any ? _long.ToString() : null;
            }
            if (_afterReturn)
            {
                _afterReturn = false;
                if (_buffer[_start] == '\n')
                {
                    _start++;
                    continue;
                }
            }
            any = true;
            var at = _buffer.AsSpan(_start, _end - _start).IndexOfAny('\n', '\r');
            var length = at < 0 ? _end - _start : at;
            if (at >= 0 && _long.Length == 0 && !isTooLong)
            {
                var whole = new string(_buffer, _start, length);
                End(length);
                return whole;
            }
            if (_long.Length + length > Longest)
            {
                isTooLong = true;
                length = Math.Max(0, Math.Min(length, Longest - _long.Length));
            }
            _long.Append(_buffer, _start, length);
            if (at >= 0)
            {
                End(at);
                return _long.ToString();
            }
            _start = _end;
        }
    }

    private void End(int length)
    {
        _afterReturn = _buffer[_start + length] == '\r';
        _start += length + 1;
    }
}
