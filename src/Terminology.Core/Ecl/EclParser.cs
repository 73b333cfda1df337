namespace Terminology.Ecl;

/// <summary>
/// Recursive descent over the grammar of ECL 2.2, without backtracking: a bracket in a refinement is read as what its content turns out to be. Refinements and filters
/// have files of their own.
/// </summary>
/// <remarks><see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language/syntax-specification">Syntax specification</see>.</remarks>
internal sealed partial class EclParser(string text)
{
    private const string Focus = "a concept identifier, '*', '^', an operator like '<<', or '('";

    private readonly EclReader _in = new(text);
    private int _depth;

    public ExpressionConstraint Parse()
    {
        var constraint = Expression();
        _in.SkipBlank();
        if (!_in.IsAtEnd) throw _in.Error("the end of the expression", Trailing());
        return constraint;
    }

    private string? Trailing() => _in.Next switch
    {
        ')' => "there is no '(' for this ')'",
        ':' => "a refinement of several operands needs brackets: (A OR B) : …",
        '.' => "brackets are needed: (A OR B) . attribute",
        '{' when _in.Is("{{") => "only one history supplement is possible, and filters stand before it; use brackets",
        '{' => "a group of attributes stands behind a ':'",
        '=' or '!' => "attributes stand behind a ':'",
        _ => "join constraints by AND, OR or MINUS",
    };

    private ExpressionConstraint Expression() => Rest(SubExpression());

    /// <summary>What may follow a first operand: a refinement, more operands of one kind, or attributes behind dots.</summary>
    private ExpressionConstraint Rest(ExpressionConstraint first)
    {
        _in.SkipBlank();
        if (_in.Take(":")) return new Refined(first, Refinement());
        if (_in.Next == '.') return Dots(first);
        return TakeJoin() switch
        {
            Join.And => new Conjunction(Operands(first, Join.And)),
            Join.Or => new Disjunction(Operands(first, Join.Or)),
            Join.Minus => Minus(first),
            _ => first,
        };
    }

    private Dotted Dots(ExpressionConstraint first)
    {
        var attributes = new List<ExpressionConstraint>();
        while (_in.Take("."))
        {
            attributes.Add(SubExpression());
            _in.SkipBlank();
        }
        return new(first, attributes);
    }

    private List<ExpressionConstraint> Operands(ExpressionConstraint first, Join join)
    {
        var operands = new List<ExpressionConstraint> { first };
        do operands.Add(SubExpression());
        while (TakeJoin(join));
        return operands;
    }

    private Exclusion Minus(ExpressionConstraint first)
    {
        var right = SubExpression();
        TakeJoin(null);
        return new(first, right);
    }

    private enum Join
    {
        None,
        And,
        Or,
        Minus,
    }

    private Join TakeJoin()
    {
        _in.SkipBlank();
        if (_in.Take(",") || _in.TakeWord("and")) return Join.And;
        if (_in.TakeWord("or")) return Join.Or;
        return _in.TakeWord("minus") ? Join.Minus : Join.None;
    }

    /// <summary>Passes over the same word again; another one needs brackets.</summary>
    private bool TakeJoin(Join? again)
    {
        _in.SkipBlank();
        var at = _in.Position;
        var join = TakeJoin();
        if (join == Join.None) return false;
        if (join == again) return true;
        throw _in.Error(at, again is null or Join.Minus ? "the end of the expression" : again == Join.And ? "AND, ',' or the end of the expression" : "OR or the end of the expression",
            "where AND, OR and MINUS meet, brackets have to say what belongs together: (A OR B) AND C");
    }

    /// <summary>subExpressionConstraint: operator, ^, focus, filters, history supplement.</summary>
    private ExpressionConstraint SubExpression()
    {
        _in.SkipBlank();
        var hierarchy = TakeOperator();
        _in.SkipBlank();
        var fields = TakeMemberOf();
        _in.SkipBlank();
        return Completed(hierarchy, fields, _in.Next == '(' ? Bracketed() : FocusConcept());
    }

    /// <summary>The rest of a subExpressionConstraint behind its focus.</summary>
    private ExpressionConstraint Completed(HierarchyOperator? hierarchy, IReadOnlyList<string>? fields, ExpressionConstraint focus)
    {
        var found = focus;
        if (fields is not null) found = new MemberOf(focus, fields, MemberFilters());
        if (hierarchy is { } known) found = new HierarchyConstraint(known, found);
        return Filtered(found, fields is not null);
    }

    private ExpressionConstraint Bracketed()
    {
        var open = Enter();
        var inner = Expression();
        Close(open);
        return inner;
    }

    private int Enter()
    {
        if (++_depth > ExpressionConstraint.DeepestNesting) throw _in.Error($"no more than {ExpressionConstraint.DeepestNesting} brackets within each other", "write the constraint with fewer levels");
        return _in.Position++;
    }

    private void Close(int open)
    {
        _in.SkipBlank();
        if (!_in.Take(")")) throw _in.Error($"')' for the '(' at character {open + 1}", _in.IsAtEnd ? null : Trailing());
        _depth--;
    }

    private ExpressionConstraint FocusConcept()
    {
        if (_in.Take("*")) return new AnyConcept();
        if (char.IsAsciiDigit(_in.Next)) return Reference();
        if (_in.Next == '"') return QuotedIdentifier();
        var at = _in.Position;
        var word = _in.Word();
        if (word.Length > 0 && _in.Ahead(word.Length) == '#') return Identifier(word.ToString());
        if (_in.TakeWord("any")) return new AnyConcept();
        throw _in.Error(at, Focus, Unfit(word));
    }

    private string? Unfit(ReadOnlySpan<char> word)
    {
        if (_in.Next is '<' or '>' or '!') return "one operator is enough; for an operator over an operator use brackets: < (> X)";
        if (_in.Next == '^') return "brackets are needed: ^ (^ X)";
        return word.IsEmpty ? null : $"concepts are named by their identifier, a term follows between pipes: 73211009 |{word[..Math.Min(word.Length, 40)]}|";
    }

    private ConceptReference Reference() => new(_in.Sctid("a concept identifier"), _in.Term());

    private AlternateIdentifier Identifier(string scheme)
    {
        _in.Position += scheme.Length + 1;
        if (_in.Next == '"') return new(scheme, _in.Quoted(asWritten: false), _in.Term());
        var start = _in.Position;
        while (char.IsAsciiLetterOrDigit(_in.Next) || _in.Next is '-' or '.' or '_') _in.Position++;
        var code = _in.From(start);
        return code.Length > 0 ? new(scheme, code, _in.Term()) : throw _in.Error("the code of an alternate identifier", "a code with other characters stands in quotation marks: \"SCHEME#code\"");
    }

    private AlternateIdentifier QuotedIdentifier()
    {
        var start = _in.Position;
        var quoted = _in.Quoted(asWritten: false);
        var hash = quoted.IndexOf('#');
        if (hash <= 0 || hash == quoted.Length - 1 || !char.IsAsciiLetter(quoted[0]) || quoted.AsSpan(0, hash).ContainsAnyExcept(SchemeCharacters))
        {
            throw _in.Error(start, Focus, "in quotation marks stands an alternate identifier: \"SCHEME#code\"");
        }
        return new(quoted[..hash], quoted[(hash + 1)..], _in.Term());
    }

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters = System.Buffers.SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly (string Symbol, string Word, HierarchyOperator Operator)[] Operators =
    [
        ("!!>", "top", HierarchyOperator.Top), ("!!<", "bottom", HierarchyOperator.Bottom),
        ("<<!", "childOrSelfOf", HierarchyOperator.ChildOrSelfOf), ("<<", "descendantOrSelfOf", HierarchyOperator.DescendantOrSelfOf),
        ("<!", "childOf", HierarchyOperator.ChildOf), ("<", "descendantOf", HierarchyOperator.DescendantOf),
        (">>!", "parentOrSelfOf", HierarchyOperator.ParentOrSelfOf), (">>", "ancestorOrSelfOf", HierarchyOperator.AncestorOrSelfOf),
        (">!", "parentOf", HierarchyOperator.ParentOf), (">", "ancestorOf", HierarchyOperator.AncestorOf),
    ];

    private HierarchyOperator? TakeOperator()
    {
        foreach (var (symbol, word, known) in Operators)
        {
            if (_in.Take(symbol) || _in.TakeWord(word)) return known;
        }
        return null;
    }

    /// <summary>The fields that are asked for behind ^, none for referencedComponentId; null when there is no ^.</summary>
    private List<string>? TakeMemberOf()
    {
        if (!_in.Take("^") && !_in.TakeWord("memberOf")) return null;
        _in.SkipBlank();
        if (!_in.Take("[")) return [];
        _in.SkipBlank();
        var fields = new List<string>();
        if (_in.Take("*") || _in.TakeWord("any")) fields.Add("*");
        else do fields.Add(FieldName());
        while (TakeComma());
        _in.Need("]");
        return fields;
    }

    private string FieldName()
    {
        _in.SkipBlank();
        var name = _in.Letters().ToString();
        if (name.Length == 0) throw _in.Error("the name of a field", "fields are named as in the header of the reference set, for example targetComponentId");
        _in.Position += name.Length;
        return name;
    }

    private bool TakeComma()
    {
        _in.SkipBlank();
        return _in.Take(",");
    }
}
