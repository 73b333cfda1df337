using System.Text;

namespace Terminology.CodeSystems;

/// <summary>Codes with consecutive numbers, found by their bytes. Holds no object for a code.</summary>
internal sealed class CodeIndex
{
    private readonly Utf8Texts _texts;
    private readonly List<TextRange> _codes = [];
    private readonly HashSet<int> _numbers;
    private readonly HashSet<int>.AlternateLookup<ReadOnlySpan<byte>> _byCode;

    /// <param name="texts">Where the codes go.</param>
    /// <param name="isCaseSensitive">Are codes that differ in case two?</param>
    public CodeIndex(Utf8Texts texts, bool isCaseSensitive)
    {
        _texts = texts;
        _numbers = new(isCaseSensitive ? new Comparer(this) : new CaseComparer(this));
        _byCode = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _codes.Count;

    /// <summary>Where the code with a number is.</summary>
    public TextRange this[int number] => _codes[number];

    /// <summary>Adds a code, unless it is there.</summary>
    /// <returns>Its number, and whether it is new.</returns>
    public (int Number, bool IsNew) Add(string code)
    {
        var text = _texts.Add(code);
        if (TryFind(_texts[text], out var known)) return (known, false);
        _codes.Add(text);
        _numbers.Add(_codes.Count - 1);
        return (_codes.Count - 1, true);
    }

    public bool TryFind(ReadOnlySpan<byte> code, out int number) => _byCode.TryGetValue(code, out number);

    private class Comparer(CodeIndex index) : IEqualityComparer<int>, IAlternateEqualityComparer<ReadOnlySpan<byte>, int>
    {
        public bool Equals(int x, int y) => x == y || Equals(Bytes(x), y);

        public int GetHashCode(int obj) => GetHashCode(Bytes(obj));

        public int Create(ReadOnlySpan<byte> alternate) => throw new NotSupportedException("Codes get their numbers from Add.");

        public virtual bool Equals(ReadOnlySpan<byte> alternate, int other) => alternate.SequenceEqual(Bytes(other));

        public virtual int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        protected ReadOnlySpan<byte> Bytes(int number) => index._texts[index._codes[number]];
    }

    /// <summary>As <see cref="StringComparer.OrdinalIgnoreCase"/>.</summary>
    private sealed class CaseComparer(CodeIndex index) : Comparer(index)
    {
        private const int Short = 256;

        public override bool Equals(ReadOnlySpan<byte> alternate, int other)
        {
            var code = Bytes(other);
            if (Ascii.EqualsIgnoreCase(alternate, code)) return true;
            return !(Ascii.IsValid(alternate) && Ascii.IsValid(code)) && string.Equals(Encoding.UTF8.GetString(alternate), Encoding.UTF8.GetString(code), StringComparison.OrdinalIgnoreCase);
        }

        public override int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            Span<byte> upper = stackalloc byte[Short];
            if (alternate.Length <= Short && Ascii.ToUpper(alternate, upper, out var length) == System.Buffers.OperationStatus.Done) return base.GetHashCode(upper[..length]);
            return base.GetHashCode(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(alternate).ToUpperInvariant()));
        }
    }
}
