using Terminology.Issues;

namespace Terminology.Expressions;

/// <summary>Reads SNOMED CT compositional grammar 2.4. White space is blank, tab and line end, and may stand between all parts.</summary>
/// <remarks>Recursive, to a depth of <see cref="Deepest"/>. One use.</remarks>
internal sealed class ExpressionParser
{
    /// <summary>Characters that an expression may have.</summary>
    public const int Longest = 10_000;

    private const int Deepest = 32;
    private readonly string _text;
    private int _at, _depth;
    private string? _fault;

    private ExpressionParser(string text) => _text = text;

    /// <summary>Reads an expression.</summary>
    /// <returns>The expression, or null and what is wrong where.</returns>
    public static (SnomedExpression? Expression, string? Fault) Parse(string text)
    {
        if (text.Length > Longest) return (null, ExpressionMessages.TooLong(Longest));
        var parser = new ExpressionParser(text);
        parser.Skip();
        var status = parser.Takes("===") ? DefinitionStatus.EquivalentTo : parser.Takes("<<<") ? DefinitionStatus.SubtypeOf : DefinitionStatus.Unsaid;
        var read = parser.Sub();
        if (parser._fault is null && parser._at < text.Length) parser.Fail(ExpressionMessages.MoreFollows());
        return parser._fault is { } fault ? (null, fault) : (read! with { Status = status }, null);
    }

    /// <summary>Could it stand between pipes as it is?</summary>
    public static bool IsTerm(string term) => term.Length > 0 && term[0] != ' ' && term[^1] != ' ' && !term.Any(character => character is '|' || char.IsControl(character));

    private SnomedExpression? Sub()
    {
        if (++_depth > Deepest)
        {
            Fail(ExpressionMessages.TooDeep(Deepest));
            return null;
        }
        var focus = new List<NamedConcept>();
        do
        {
            if (Concept() is not { } concept) return null;
            focus.Add(concept);
        }
        while (Takes("+"));
        var groups = new List<IReadOnlyList<ExpressionAttribute>> { Array.Empty<ExpressionAttribute>() };
        if (Takes(":") && !Refinement(groups)) return null;
        _depth--;
        return new(DefinitionStatus.Unsaid, focus, groups);
    }

    /// <summary>Attributes or a group, then groups; a comma may stand between.</summary>
    private bool Refinement(List<IReadOnlyList<ExpressionAttribute>> groups)
    {
        if (!IsNext('{'))
        {
            if (Attributes() is not { } ungrouped) return false;
            groups[0] = ungrouped;
        }
        while (true)
        {
            var comma = Takes(",");
            if (!Takes("{")) return !comma || Fail(ExpressionMessages.GroupExpected());
            if (Attributes() is not { } group) return false;
            if (!Takes("}")) return Fail(ExpressionMessages.BraceMissing());
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
                Fail(ExpressionMessages.EqualsMissing());
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

    private ExpressionAttribute? Value(NamedConcept name)
    {
        var next = _at < _text.Length ? _text[_at] : '\0';
        if (char.IsAsciiDigit(next)) return Concept() is { } value ? new(name, value) : null;
        if (Takes("("))
        {
            if (Sub() is not { } nested) return null;
            if (Takes(")")) return new(name, nested);
            Fail(ExpressionMessages.ParenthesisMissing());
            return null;
        }
        var literal = next switch
        {
            '#' => Number(),
            '"' => Text(),
            _ => Boolean(),
        };
        Skip();
        return literal is { } concrete ? new(name, concrete) : null;
    }

    private ConcreteValue? Number()
    {
        var start = ++_at;
        if (IsNext('-') || IsNext('+')) _at++;
        var digits = Digits();
        if (digits.Length == 0) return Fault(ExpressionMessages.NumberExpected());
        if (digits.Length > 1 && digits[0] == '0') return Fault(ExpressionMessages.NumberZeros(), _at - digits.Length);
        if (IsNext('.'))
        {
            _at++;
            if (Digits().Length == 0) return Fault(ExpressionMessages.FractionMissing());
        }
        return ConcreteValue.Number(_text[start.._at]);
    }

    private ConcreteValue? Text()
    {
        var text = new System.Text.StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '"')
            {
                if (text.Length == 0) return Fault(ExpressionMessages.TextEmpty());
                _at++;
                return ConcreteValue.String(text.ToString());
            }
            if (_text[_at] == '\\')
            {
                if (_at + 1 < _text.Length && _text[_at + 1] is not ('"' or '\\')) return Fault(ExpressionMessages.TextEscape());
                _at++;
            }
            if (_at < _text.Length) text.Append(_text[_at]);
        }
        _at = _text.Length;
        return Fault(ExpressionMessages.TextUnclosed());
    }

    private ConcreteValue? Boolean()
    {
        var end = _at;
        while (end < _text.Length && char.IsAsciiLetter(_text[end])) end++;
        var word = _text.AsSpan(_at, end - _at);
        var isTrue = word.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (!isTrue && !word.Equals("false", StringComparison.OrdinalIgnoreCase)) return Fault(_at < _text.Length ? ExpressionMessages.ValueExpected() : ExpressionMessages.ConceptExpected());
        _at = end;
        return ConcreteValue.Boolean(isTrue);
    }

    private NamedConcept? Concept()
    {
        var start = _at;
        var id = Digits();
        if (id.Length == 0) return Lost(ExpressionMessages.ConceptExpected());
        if (id.Length is < 6 or > 18 || id[0] == '0') return Lost(ExpressionMessages.NoIdentifier(id), start);
        Skip();
        if (!Takes("|")) return new(id);
        if (_at < _text.Length && _text[_at] == '|') return Lost(ExpressionMessages.TermEmpty());
        var end = _text.IndexOf('|', _at);
        if (end < 0)
        {
            _at = _at == _text.Length ? _at : _text.IndexOf('|', start) + 1;
            return Lost(ExpressionMessages.TermUnclosed());
        }
        var term = _text[_at..end].TrimEnd(' ', '\t', '\r', '\n');
        if (!IsTerm(term)) return Lost(ExpressionMessages.TermCharacter(), _at + term.AsSpan().IndexOfAny('\t', '\r', '\n') is var bad && bad >= _at ? bad : _at);
        _at = end + 1;
        Skip();
        return new(id, term);
    }

    private string Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        return _text[start.._at];
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
        while (_at < _text.Length && _text[_at] is (' ' or '\t' or '\r' or '\n')) _at++;
    }

    private bool Fail(string what, int? at = null)
    {
        _fault ??= ExpressionMessages.At(what, at ?? _at);
        return false;
    }

    private ConcreteValue? Fault(string what, int? at = null)
    {
        Fail(what, at);
        return null;
    }

    private NamedConcept? Lost(string what, int? at = null)
    {
        Fail(what, at);
        return null;
    }
}
