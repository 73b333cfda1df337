using System.Globalization;

namespace Terminology.Ecl;

internal sealed partial class EclParser
{
    private const string Operator = "'=', '!=' or another comparison behind the attribute";

    /// <summary>eclRefinement and eclAttributeSet: both are attributes, groups and brackets joined by one word.</summary>
    private Refinement Refinement(bool inGroup = false) => RefinementRest(SubRefinement(inGroup), inGroup);

    private Refinement RefinementRest(Refinement first, bool inGroup)
    {
        _in.SkipBlank();
        var at = _in.Position;
        var join = TakeJoin();
        if (join == Join.None) return first;
        if (join == Join.Minus) throw _in.Error(at, "AND, ',' or OR", "attributes are not joined by MINUS; put brackets around a value of several operands, or use the cardinality [0..0]");
        var operands = new List<Refinement> { first };
        do operands.Add(SubRefinement(inGroup));
        while (TakeJoin(join));
        return join == Join.And ? new RefinementConjunction(operands) : new RefinementDisjunction(operands);
    }

    private Refinement SubRefinement(bool inGroup)
    {
        _in.SkipBlank();
        var cardinality = TakeCardinality();
        _in.SkipBlank();
        if (_in.Next == '{' && !_in.Is("{{")) return Group(cardinality, inGroup);
        if (_in.Next != '(' || cardinality is not null) return Attribute(cardinality);
        return BracketedRefinement(inGroup) switch
        {
            (Refinement refinement, _) => refinement,
            (_, var name) => AttributeOf(cardinality, false, Completed(null, null, name!)),
        };
    }

    /// <summary>A bracket where a refinement may stand: conditions on attributes, or the name of an attribute.</summary>
    private (Refinement? Refinement, ExpressionConstraint? Name) BracketedRefinement(bool inGroup)
    {
        var open = Enter();
        _in.SkipBlank();
        Refinement? first = null;
        if (_in.Next is '[' or '{' || IsReverse())
        {
            first = SubRefinement(inGroup);
        }
        else
        {
            ExpressionConstraint operand;
            if (_in.Next == '(')
            {
                var (refinement, name) = BracketedRefinement(inGroup);
                first = refinement;
                operand = name is null ? new AnyConcept() : Completed(null, null, name);
            }
            else
            {
                operand = SubExpression();
            }
            if (first is null)
            {
                _in.SkipBlank();
                if (!IsComparison())
                {
                    var inner = Rest(operand);
                    Close(open);
                    return (null, inner);
                }
                first = AttributeOf(null, false, operand);
            }
        }
        first = RefinementRest(first, inGroup);
        Close(open);
        return (first, null);
    }

    private AttributeGroup Group(Cardinality? cardinality, bool inGroup)
    {
        if (inGroup) throw _in.Error("an attribute", "groups do not stand within groups");
        var open = Enter();
        var attributes = Refinement(inGroup: true);
        _in.SkipBlank();
        if (!_in.Take("}")) throw _in.Error($"'}}' for the '{{' at character {open + 1}", "brackets around a value of several operands may be missing");
        _depth--;
        return new(cardinality, attributes);
    }

    private Cardinality? TakeCardinality()
    {
        var start = _in.Position;
        if (!_in.Take("[")) return null;
        var minimum = Number();
        _in.SkipBlank();
        if (!_in.Take("..") && !_in.TakeWord("to")) throw _in.Error("'..'", "a cardinality is written [1..3] or [0..*]");
        _in.SkipBlank();
        int? maximum = _in.Take("*") || _in.TakeWord("many") ? null : Number();
        _in.Need("]");
        if (maximum < minimum) throw _in.Error(start, "a cardinality whose first number is not above the second", "write the smaller number first");
        return new(minimum, maximum);

        int Number()
        {
            _in.SkipBlank();
            var at = _in.Position;
            var digits = _in.Digits();
            if (digits.Length > 1 && digits[0] == '0') throw _in.Error(at, "a number without leading zero");
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw _in.Error(at, "a whole number", "a cardinality is written [1..3] or [0..*]");
        }
    }

    /// <summary>Is the reverse flag next? A scheme alias or a keyword that begins with R is none.</summary>
    private bool IsReverse()
    {
        var word = _in.Word();
        if (word.Equals("reverseOf", StringComparison.OrdinalIgnoreCase)) return true;
        return word.Length > 0 && word[0] is 'R' or 'r' && _in.Ahead(word.Length) != '#' && !word[1..].ContainsAnyExceptInRange('0', '9');
    }

    private AttributeConstraint Attribute(Cardinality? cardinality)
    {
        var isReverse = IsReverse();
        if (isReverse && !_in.TakeWord("reverseOf")) _in.Position++;
        return AttributeOf(cardinality, isReverse, SubExpression());
    }

    private AttributeConstraint AttributeOf(Cardinality? cardinality, bool isReverse, ExpressionConstraint name)
    {
        var at = Comparison(out var comparison, Operator, "a value of several operands, and a refinement within another constraint, need brackets");
        return new(cardinality, isReverse, name, Value(at, comparison, times: false));
    }

    private bool IsComparison()
    {
        if (_in.Next is '=' or '<' or '>' || _in.Is("!=")) return true;
        return _in.Letters().Equals("not", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Passes over a comparison operator and answers where it stood.</summary>
    private int Comparison(out ComparisonOperator found, string expected, string? mend = null)
    {
        _in.SkipBlank();
        var at = _in.Position;
        if (_in.TakeWord("not"))
        {
            _in.Need("=", "NOT stands before '='");
            found = ComparisonOperator.NotEqual;
            return at;
        }
        foreach (var (symbol, known) in Comparisons)
        {
            if (!_in.Take(symbol)) continue;
            found = known;
            return at;
        }
        throw _in.Error(expected, mend);
    }

    private static readonly (string Symbol, ComparisonOperator Operator)[] Comparisons =
    [
        ("!=", ComparisonOperator.NotEqual), ("<>", ComparisonOperator.NotEqual), ("<=", ComparisonOperator.LessOrEqual), (">=", ComparisonOperator.GreaterOrEqual),
        ("=", ComparisonOperator.Equal), ("<", ComparisonOperator.Less), (">", ComparisonOperator.Greater),
    ];

    /// <summary>What an attribute or the field of a row is compared with.</summary>
    private Comparison Value(int at, ComparisonOperator comparison, bool times)
    {
        _in.SkipBlank();
        if (_in.Next == '#') return new NumberComparison(comparison, NumericValue());
        var isEquality = comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        if (times && !isEquality) return new TimeComparison(comparison, Times());
        if (times && _in.Is("\"\"")) return new TimeComparison(comparison, Times());
        if (!isEquality) throw _in.Error(at, "'=' or '!='", "only numbers are compared by order; a number is written #5");
        if (IsSearchTerm()) return new TermComparison(comparison, SearchTerms());
        if (_in.TakeWord("true")) return new BooleanComparison(comparison, true);
        if (_in.TakeWord("false")) return new BooleanComparison(comparison, false);
        return new ConceptComparison(comparison, SubExpression());
    }

    private decimal NumericValue()
    {
        var start = _in.Position++;
        var isNegative = _in.Take("-");
        if (!isNegative) _in.Take("+");
        var whole = _in.Position;
        if (_in.Digits() is var digits && (digits.Length == 0 || (digits.Length > 1 && digits[0] == '0'))) throw _in.Error(whole, "a number behind '#'", "numbers are written #5, #-5 or #0.5");
        if (_in.Next == '.')
        {
            _in.Position++;
            if (_in.Digits().Length == 0) throw _in.Error("a digit behind the decimal point");
        }
        if (!decimal.TryParse(_in.From(whole), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) throw _in.Error(start, "a number of at most 28 digits");
        return isNegative ? -number : number;
    }

    /// <summary>Is a typedSearchTerm or a set of them next?</summary>
    private bool IsSearchTerm()
    {
        var start = _in.Position;
        if (_in.Take("(")) _in.SkipBlank();
        var found = _in.Next == '"';
        if (!found && (_in.TakeWord("match") || _in.TakeWord("wild")))
        {
            _in.SkipBlank();
            found = _in.Next == ':';
        }
        _in.Position = start;
        return found;
    }

    private List<SearchTerm> SearchTerms()
    {
        if (!_in.Take("(")) return [SearchTerm()];
        var terms = new List<SearchTerm>();
        do terms.Add(SearchTerm());
        while (!TakeClose("another search term or ')'", _in.Next is '"' || char.IsAsciiLetter(_in.Next)));
        return terms;
    }

    private SearchTerm SearchTerm()
    {
        _in.SkipBlank();
        var kind = _in.TakeWord("match") ? SearchTermKind.Match : _in.TakeWord("wild") ? SearchTermKind.Wild : SearchTermKind.Unsaid;
        if (kind != SearchTermKind.Unsaid) _in.Need(":", "match and wild stand before a colon: wild:\"*itis\"");
        _in.SkipBlank();
        var start = _in.Position;
        var found = _in.Quoted(asWritten: kind == SearchTermKind.Wild);
        if (found.AsSpan().Trim(" \t\r\n").IsEmpty) throw _in.Error(start, "a text that is not empty");
        return new(kind, found);
    }

    /// <summary>Passes over ')' ; otherwise another element has to follow.</summary>
    private bool TakeClose(string expected, bool another)
    {
        _in.SkipBlank();
        if (_in.Take(")")) return true;
        if (_in.IsAtEnd || (!another && !char.IsAsciiLetterOrDigit(_in.Next) && _in.Next != '"')) throw _in.Error(expected);
        return false;
    }
}
