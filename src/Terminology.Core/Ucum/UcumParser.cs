using Terminology.Issues;

namespace Terminology.Ucum;

/// <summary>What is wrong with a unit expression, and where.</summary>
/// <param name="Position">One-based character.</param>
/// <param name="Advice">What a person reads.</param>
/// <param name="Symbol">The symbol that is no unit, about which more can be found out; or null.</param>
internal sealed record UcumProblem(int Position, UcumAdvice Advice, string? Symbol = null);

/// <summary>Reads the case-sensitive codes of UCUM by recursive descent.</summary>
/// <remarks>
/// UCUM <see href="https://ucum.org/ucum#section-Grammar-of-Units-and-Unit-Terms">grammar</see>. Wider than it in one point: numbers and parentheses may carry a remark in
/// braces as units do, for such codes are in use (<c>%/100{WBC}</c>). One use, one thread; time in proportion to the text.
/// </remarks>
internal sealed class UcumParser
{
    /// <summary>Longest expression that is read.</summary>
    public const int MostCharacters = 1000;

    /// <summary>Deepest nesting of parentheses.</summary>
    public const int MostNested = 32;

    /// <summary>Largest exponent, either sign.</summary>
    public const int MostExponent = 99;

    private const int MostDigits = 28;
    private readonly UcumTable _table;
    private readonly string _text;
    private int _at;
    private int _depth;
    private UcumProblem? _problem;

    private UcumParser(UcumTable table, string text) => (_table, _text) = (table, text);

    /// <summary>The expression, or what is wrong with it; exactly one is null.</summary>
    public static (UcumTerm? Term, UcumProblem? Problem) Parse(UcumTable table, string text)
    {
        if (text.Length == 0) return (null, new(1, UcumMessages.Empty()));
        if (text.Length > MostCharacters) return (null, new(MostCharacters + 1, UcumMessages.TooLong(MostCharacters)));
        var parser = new UcumParser(table, text);
        var term = parser.Term(mayBeginWithSlash: true);
        if (term is not null && !parser.AtEnd) parser.Fail(parser._at, parser.Next == ')' ? UcumMessages.UnmatchedClose() : UcumMessages.Unexpected(parser.Next));
        return parser._problem is null ? (term, null) : (null, parser._problem);
    }

    private bool AtEnd => _at >= _text.Length;

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    private UcumTerm? Term(bool mayBeginWithSlash)
    {
        UcumTerm? left = null;
        if (Next == '/')
        {
            if (!mayBeginWithSlash) return Fail(_at, UcumMessages.SlashInParentheses());
            _at++;
            if (Component('/') is not { } first) return null;
            left = new UcumTerm.Product(null, true, first);
        }
        else
        {
            left = Component(null);
        }
        while (left is not null && !AtEnd && Next != ')')
        {
            if (Next is not ('.' or '/')) return Fail(_at, Next is '*' ? UcumMessages.Star() : Next is ' ' ? UcumMessages.Space() : UcumMessages.MissingOperator(_text[.._at], Next));
            var operation = _text[_at++];
            left = Component(operation) is { } right ? new UcumTerm.Product(left, operation == '/', right) : null;
        }
        return left;
    }

    /// <summary>A unit, number, remark or group; <paramref name="after"/> is the operator that it must follow.</summary>
    private UcumTerm? Component(char? after)
    {
        if (AtEnd || Next is '.' or '/' or ')')
        {
            return Fail(_at, (AtEnd, after, Next) switch
            {
                (false, null, '.') => UcumMessages.LeadingDot(),
                (false, null, ')') => _depth == 0 ? UcumMessages.UnmatchedClose() : UcumMessages.EmptyParentheses(),
                (true, null, _) => UcumMessages.EmptyParentheses(),
                (_, { } operation, _) => UcumMessages.NothingAfter(operation),
                _ => UcumMessages.Unexpected(Next),
            });
        }
        if (Next == '(') return Group();
        if (Next == '{') return Annotation() is { } remark ? new UcumTerm.Remark(remark) : null;
        if (Next is '}' or ']') return Fail(_at, UcumMessages.Unexpected(Next));
        return char.IsAsciiDigit(Next) && !IsPowerOfTen ? Number() : Symbol();
    }

    private bool IsPowerOfTen => _text.AsSpan(_at).StartsWith("10*", StringComparison.Ordinal) || _text.AsSpan(_at).StartsWith("10^", StringComparison.Ordinal);

    private UcumTerm.Group? Group()
    {
        var open = _at++;
        if (++_depth > MostNested) return Fail<UcumTerm.Group>(open, UcumMessages.TooDeep(MostNested));
        if (Term(mayBeginWithSlash: false) is not { } inner) return null;
        if (Next != ')') return Fail<UcumTerm.Group>(open, UcumMessages.UnmatchedOpen());
        _at++;
        _depth--;
        if (Next is '+' or '-' || char.IsAsciiDigit(Next)) return Fail<UcumTerm.Group>(_at, UcumMessages.ExponentOfGroup());
        return Annotated(out var annotation) ? new(inner, annotation) : null;
    }

    private UcumTerm.Number? Number()
    {
        var start = _at;
        while (char.IsAsciiDigit(Next)) _at++;
        var digits = _text[start.._at];
        if (digits.Length > MostDigits) return Fail<UcumTerm.Number>(start, UcumMessages.NumberTooLong(MostDigits));
        if (digits.TrimStart('0').Length == 0) return Fail<UcumTerm.Number>(start, UcumMessages.Zero());
        if (!AtEnd && Next is not ('.' or '/' or ')' or '{' or ' ' or '*')) return Fail<UcumTerm.Number>(_at, UcumMessages.NumberBeforeUnit(digits, Next));
        return Annotated(out var annotation) ? new(digits, annotation) : null;
    }

    private UcumTerm.Symbol? Symbol()
    {
        var start = _at;
        if (IsPowerOfTen) _at += 3;
        else if (!ScanSymbol()) return null;
        var symbol = _text[start.._at];
        if (symbol.Length == 0) return Fail<UcumTerm.Symbol>(start, UcumMessages.Unexpected(Next));
        if (_table.Read(symbol) is not { } found) return Fail<UcumTerm.Symbol>(start, UcumMessages.Unknown(symbol), symbol);
        var exponentAt = _at;
        if (Next is '+' or '-') _at++;
        while (char.IsAsciiDigit(Next)) _at++;
        var exponent = _text[exponentAt.._at];
        if (exponent is "+" or "-") return Fail<UcumTerm.Symbol>(exponentAt, UcumMessages.SignWithoutDigits(exponent));
        if (exponent.Length > 0 && (exponent.Length > 6 || Math.Abs(int.Parse(exponent, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture)) > MostExponent))
        {
            return Fail<UcumTerm.Symbol>(exponentAt, UcumMessages.ExponentTooLarge(MostExponent));
        }
        if (exponent.Length > 0 && !AtEnd && Next is not ('.' or '/' or ')' or '{' or ' ' or '*')) return Fail<UcumTerm.Symbol>(_at, UcumMessages.AfterExponent(_text[start.._at], Next));
        return Annotated(out var annotation) ? new(found.Prefix, found.Unit, exponent, annotation) : null;
    }

    /// <summary>Goes to the end of a symbol: up to an operator, brace, parenthesis, sign or digit outside of brackets.</summary>
    private bool ScanSymbol()
    {
        while (!AtEnd && Next is not ('.' or '/' or '(' or ')' or '{' or '}' or '+' or '-' or ' ' or ']') && !char.IsAsciiDigit(Next))
        {
            if (Next is '*' or '^' && !IsSymbolCharacter(Next)) break;
            if (!IsSymbolCharacter(Next) && Next < '\u0080') return Fail(_at, UcumMessages.Unexpected(Next)) is not null;
            if (Next == '[')
            {
                var close = _text.IndexOf(']', _at);
                if (close < 0) return Fail(_at, UcumMessages.UnclosedBracket()) is not null;
                _at = close;
            }
            _at++;
        }
        return true;
    }

    private static bool IsSymbolCharacter(char character) => character is > ' ' and < '\u007f' and not ('"' or '=' or '*' or '^' or '(' or ')' or '{' or '}' or '+' or '-' or '.' or '/');

    private bool Annotated(out string? annotation)
    {
        annotation = null;
        if (Next != '{') return true;
        annotation = Annotation();
        if (annotation is null) return false;
        if (Next == '{') return Fail(_at, UcumMessages.SecondAnnotation()) is not null;
        return AtEnd || Next is '.' or '/' or ')' || Fail(_at, UcumMessages.AfterAnnotation(Next)) is not null;
    }

    private string? Annotation()
    {
        var open = _at++;
        var start = _at;
        while (!AtEnd && Next != '}')
        {
            if (Next == '{') return Fail<string>(_at, UcumMessages.NestedAnnotation());
            if (Next is < ' ' or > '~') return Fail<string>(_at, UcumMessages.AnnotationCharacter(Next));
            _at++;
        }
        if (AtEnd) return Fail<string>(open, UcumMessages.UnclosedBrace());
        return _text[start.._at++];
    }

    private UcumTerm? Fail(int at, UcumAdvice advice) => Fail<UcumTerm>(at, advice);

    private T? Fail<T>(int at, UcumAdvice advice, string? symbol = null)
        where T : class
    {
        _problem ??= new(at + 1, advice, symbol);
        return null;
    }
}
