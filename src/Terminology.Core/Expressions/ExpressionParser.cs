namespace Terminology.Expressions;

/// <summary>Reads SNOMED CT compositional grammar; terms between pipes are passed over.</summary>
/// <remarks>Recursive, to a depth of <see cref="Deepest"/>. One use.</remarks>
internal sealed class ExpressionParser
{
    private const int Deepest = 32;
    private readonly string _text;
    private int _at, _depth;
    private string? _fault;

    private ExpressionParser(string text) => _text = text;

    /// <summary>Reads an expression.</summary>
    /// <returns>The expression, or null and what is wrong where.</returns>
    public static (SnomedExpression? Expression, string? Fault) Parse(string text)
    {
        var parser = new ExpressionParser(text);
        parser.Skip();
        if (parser.Takes("===") || parser.Takes("<<<")) parser.Skip();
        var read = parser.Sub();
        if (parser._fault is null && parser._at < text.Length) parser.Fail("the expression ends here, and more follows");
        return parser._fault is { } fault ? (null, fault) : (read, null);
    }

    private SnomedExpression? Sub()
    {
        if (++_depth > Deepest) return Fail($"expressions are nested deeper than {Deepest} levels");
        var focus = new List<string>();
        do
        {
            if (Concept() is not { } code) return null;
            focus.Add(code);
        }
        while (Takes("+"));
        var groups = new List<IReadOnlyList<ExpressionAttribute>> { Array.Empty<ExpressionAttribute>() };
        if (Takes(":") && !Refinement(groups)) return null;
        _depth--;
        return new(focus, groups);
    }

    private bool Refinement(List<IReadOnlyList<ExpressionAttribute>> groups)
    {
        if (!IsNext('{'))
        {
            if (Attributes() is not { } ungrouped) return false;
            groups[0] = ungrouped;
        }
        while (true)
        {
            Takes(",");
            if (!Takes("{")) return true;
            if (Attributes() is not { } group) return false;
            if (!Takes("}")) return Fail("'}' is missing after the attributes of a group") is not null;
            groups.Add(group);
        }
    }

    private List<ExpressionAttribute>? Attributes()
    {
        var attributes = new List<ExpressionAttribute>();
        while (true)
        {
            if (Concept() is not { } name) return null;
            if (!Takes("="))
            {
                Fail("'=' is missing after the name of an attribute");
                return null;
            }
            if (Value(name) is not { } attribute) return null;
            attributes.Add(attribute);
            var before = _at;
            if (!Takes(",")) return attributes;
            if (!IsNext('{')) continue;
            _at = before;
            return attributes;
        }
    }

    private ExpressionAttribute? Value(string name)
    {
        if (Takes("("))
        {
            if (Sub() is not { } nested) return null;
            if (Takes(")")) return new(name, null, nested, null);
            Fail("')' is missing after an expression");
            return null;
        }
        if (IsNext('#') || IsNext('"') || IsNext('t') || IsNext('f')) return Literal() is { } literal ? new(name, null, null, literal) : null;
        return Concept() is { } value ? new(name, value, null, null) : null;
    }

    private string? Literal()
    {
        var start = _at;
        if (_text[_at] == '"')
        {
            for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
            {
                if (_text[_at] == '\\') _at++;
            }
            if (_at >= _text.Length)
            {
                Fail("the text has no closing quote");
                return null;
            }
            _at++;
        }
        else
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '#' or '.' or '-' or '+')) _at++;
        }
        var literal = _text[start.._at];
        Skip();
        return literal;
    }

    private string? Concept()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        if (_at == start)
        {
            Fail("a concept identifier is expected");
            return null;
        }
        var code = _text[start.._at];
        Skip();
        if (!Takes("|")) return code;
        var end = _text.IndexOf('|', _at);
        if (end < 0)
        {
            Fail("the term has no closing '|'");
            return null;
        }
        _at = end + 1;
        Skip();
        return code;
    }

    private bool IsNext(char symbol) => _at < _text.Length && _text[_at] == symbol;

    private bool Takes(string symbol)
    {
        if (!_text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal)) return false;
        _at += symbol.Length;
        Skip();
        return true;
    }

    private void Skip()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private SnomedExpression? Fail(string what)
    {
        _fault ??= $"{what} (character {_at + 1})";
        return null;
    }
}
