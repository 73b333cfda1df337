using System.Globalization;

namespace Terminology.Ecl;

internal sealed partial class EclParser
{
    private static readonly string[] DescriptionKeywords = ["term", "language", "typeId", "type", "dialectId", "dialect", "moduleId", "effectiveTime", "active", "id"];
    private static readonly string[] ConceptKeywords = ["definitionStatusId", "definitionStatus", "moduleId", "effectiveTime", "active"];
    private static readonly string[] MemberKeywords = ["moduleId", "effectiveTime", "active"];

    /// <summary>Description and concept filters in any order, then a history supplement.</summary>
    private ExpressionConstraint Filtered(ExpressionConstraint operand, bool isMemberOf)
    {
        while (true)
        {
            var before = _in.Position;
            _in.SkipBlank();
            if (!_in.Take("{{"))
            {
                _in.Position = before;
                return operand;
            }
            _in.SkipBlank();
            if (_in.Take("+")) return History(operand);
            var at = _in.Position;
            switch (Kind())
            {
                case 'C':
                    operand = new ConceptFiltered(operand, Filters(ConceptKeywords, "a concept filter: definitionStatus, definitionStatusId, moduleId, effectiveTime or active"));
                    break;
                case 'M':
                    throw _in.Error(at, "a description filter (D) or a concept filter (C)", isMemberOf
                        ? "member filters stand directly behind the reference set, before filters of other kinds"
                        : "member filters are about the rows of reference sets; write '^' before the reference set");
                default:
                    operand = new DescriptionFiltered(operand, Filters(DescriptionKeywords, "a description filter: term, language, type, typeId, dialect, dialectId, moduleId, effectiveTime, active or id"));
                    break;
            }
        }
    }

    private List<EclFilter> MemberFilters()
    {
        var filters = new List<EclFilter>();
        while (true)
        {
            var before = _in.Position;
            _in.SkipBlank();
            if (_in.Take("{{"))
            {
                _in.SkipBlank();
                if (_in.Next != '+' && Kind() == 'M')
                {
                    filters.AddRange(Filters(MemberKeywords, "the name of a field"));
                    continue;
                }
            }
            _in.Position = before;
            return filters;
        }
    }

    /// <summary>Passes over the letter of the kind, which need not be apart from what follows; a filter without letter is about descriptions.</summary>
    private char Kind()
    {
        var word = _in.Letters();
        if (word.IsEmpty || Keyword(word, DescriptionKeywords) is not null) return 'D';
        var letter = char.ToUpperInvariant(word[0]);
        if (letter is not ('C' or 'D' or 'M')) return 'D';
        if (word.Length > 1 && letter != 'M' && Keyword(word[1..], letter == 'C' ? ConceptKeywords : DescriptionKeywords) is null) return 'D';
        _in.Position++;
        return letter;
    }

    private static string? Keyword(ReadOnlySpan<char> word, string[] keywords)
    {
        foreach (var keyword in keywords)
        {
            if (word.Equals(keyword, StringComparison.OrdinalIgnoreCase)) return keyword;
        }
        return null;
    }

    private List<EclFilter> Filters(string[] keywords, string expected)
    {
        var filters = new List<EclFilter>();
        do
        {
            _in.SkipBlank();
            filters.Add(Filter(keywords, expected));
        }
        while (TakeComma());
        _in.Need("}}", "filters are separated by commas");
        return filters;
    }

    private EclFilter Filter(string[] keywords, string expected)
    {
        var word = _in.Letters();
        var keyword = Keyword(word, keywords);
        if (keyword is null && keywords != MemberKeywords) throw _in.Error(expected, Misplaced(word));
        var field = keyword is null ? FieldName() : "";
        _in.Position += keyword?.Length ?? 0;
        var at = Comparison(out var comparison, "'=' or '!=' behind the name of the filter");
        if (keyword is null) return new MemberFieldFilter(field, Value(at, comparison, times: true));
        if (keyword == "effectiveTime") return new EffectiveTimeFilter(new(comparison, Times()));
        if (comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual)) throw _in.Error(at, "'=' or '!='", "only times and numbers are compared by order");
        var isNot = comparison == ComparisonOperator.NotEqual;
        _in.SkipBlank();
        return keyword switch
        {
            "term" => new TermFilter(new(comparison, SearchTerms())),
            "language" => new LanguageFilter(isNot, Set("a language of two letters", Language)),
            "typeId" => new TypeFilter(isNot, References()),
            "type" => new TypeFilter(isNot, Any(Set("syn, fsn or def", () => Token("syn, fsn or def", TypeTokens)))),
            "dialectId" => new DialectFilter(isNot, Dialects(byAlias: false)),
            "dialect" => new DialectFilter(isNot, Dialects(byAlias: true)),
            "moduleId" => new ModuleFilter(isNot, References()),
            "active" => Active(isNot),
            "id" => new DescriptionIdFilter(isNot, Set("a description identifier", () => _in.Sctid("a description identifier"))),
            "definitionStatusId" => new DefinitionStatusFilter(isNot, References()),
            _ => new DefinitionStatusFilter(isNot, Any(Set("primitive or defined", () => Token("primitive or defined", StatusTokens)))),
        };
    }

    private static string? Misplaced(ReadOnlySpan<char> word)
    {
        if (Keyword(word, ConceptKeywords) is { } concept) return $"{concept} is asked of concepts: {{{{ C {concept} … }}}}";
        if (Keyword(word, DescriptionKeywords) is { } description) return $"{description} is asked of descriptions: {{{{ D {description} … }}}}";
        return word.IsEmpty ? null : "fields of reference sets are asked for behind ^: ^ X {{ M field = … }}";
    }

    private static readonly Dictionary<string, string> TypeTokens = new(StringComparer.OrdinalIgnoreCase)
    {
        ["syn"] = EclConcepts.Synonym, ["synonym"] = EclConcepts.Synonym, ["fsn"] = EclConcepts.FullySpecifiedName, ["fullySpecifiedName"] = EclConcepts.FullySpecifiedName,
        ["def"] = EclConcepts.TextDefinition, ["definition"] = EclConcepts.TextDefinition,
    };

    private static readonly Dictionary<string, string> StatusTokens = new(StringComparer.OrdinalIgnoreCase) { ["primitive"] = EclConcepts.Primitive, ["defined"] = EclConcepts.Defined };

    private static readonly Dictionary<string, string> AcceptabilityTokens = new(StringComparer.OrdinalIgnoreCase)
    {
        ["accept"] = EclConcepts.Acceptable, ["acceptable"] = EclConcepts.Acceptable, ["prefer"] = EclConcepts.Preferred, ["preferred"] = EclConcepts.Preferred,
    };

    private ConceptReference Token(string expected, Dictionary<string, string> tokens)
    {
        var word = _in.Letters();
        if (!tokens.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var concept)) throw _in.Error(expected);
        _in.Position += word.Length;
        return new(concept);
    }

    private string Language()
    {
        var code = _in.Letters().ToString();
        if (code.Length != 2) throw _in.Error("a language of two letters", "languages are ISO 639-1 codes like en; regions are dialects: dialect = en-gb");
        _in.Position += 2;
        return code.ToLowerInvariant();
    }

    /// <summary>One element, or several in brackets.</summary>
    private List<T> Set<T>(string expected, Func<T> element)
    {
        if (!_in.Take("(")) return [element()];
        var found = new List<T>();
        do
        {
            _in.SkipBlank();
            found.Add(element());
        }
        while (!TakeClose($"{expected} or ')'", another: false));
        return found;
    }

    private static ExpressionConstraint Any<T>(List<T> operands)
        where T : ExpressionConstraint
        => operands.Count == 1 ? operands[0] : new Disjunction([.. operands]);

    /// <summary>subExpressionConstraint or eclConceptReferenceSet, which is several references in brackets without a word between them.</summary>
    private ExpressionConstraint References() => TakeReferenceSet() is { } set ? Completed(null, null, Any(set)) : SubExpression();

    private List<ConceptReference>? TakeReferenceSet()
    {
        var start = _in.Position;
        if (!_in.Take("(")) return null;
        var found = new List<ConceptReference>();
        for (_in.SkipBlank(); char.IsAsciiDigit(_in.Next); _in.SkipBlank()) found.Add(Reference());
        if (found.Count > 0 && _in.Take(")")) return found;
        _in.Position = start;
        return null;
    }

    private List<Dialect> Dialects(bool byAlias)
    {
        var found = new List<Dialect>();
        var start = _in.Position;
        if (_in.Take("("))
        {
            _in.SkipBlank();
            while (_in.Next != ')')
            {
                if (!byAlias && !char.IsAsciiDigit(_in.Next)) break;
                found.Add(new(byAlias ? Alias() : Reference(), Acceptabilities()));
                _in.SkipBlank();
            }
            if (found.Count == 0 || !_in.Take(")"))
            {
                if (byAlias) throw _in.Error("the alias of a dialect");
                (_in.Position, found) = (start, []);
            }
        }
        if (found.Count == 0) found.Add(new(byAlias ? Alias() : SubExpression(), []));
        var common = Acceptabilities();
        return common.Count == 0 ? found : [.. found.Select(dialect => dialect.Acceptabilities.Count == 0 ? dialect with { Acceptabilities = common } : dialect)];
    }

    private ConceptReference Alias()
    {
        var word = _in.Word();
        if (!Ecl.Dialects.Refsets.TryGetValue(word.ToString(), out var refset))
        {
            throw _in.Error("the alias of a dialect", $"known are {string.Join(", ", Ecl.Dialects.Refsets.Keys)}; every language reference set can be named as dialectId = ID");
        }
        _in.Position += word.Length;
        return new(refset);
    }

    private List<ConceptReference> Acceptabilities()
    {
        var before = _in.Position;
        _in.SkipBlank();
        if (_in.Next != '(')
        {
            _in.Position = before;
            return [];
        }
        return TakeReferenceSet() ?? Set("accept or prefer", () => Token("accept or prefer", AcceptabilityTokens));
    }

    private ActiveFilter Active(bool isNot)
    {
        if (_in.Take("\"*\"")) return new((bool?)null);
        if (_in.Take("1") || _in.TakeWord("true")) return new(!isNot);
        return _in.Take("0") || _in.TakeWord("false") ? new(isNot) : throw _in.Error("1, 0, true or false");
    }

    private List<EffectiveTime> Times()
    {
        _in.SkipBlank();
        return Set("a date like \"20260131\"", Time);
    }

    private EffectiveTime Time()
    {
        var at = _in.Position;
        var quoted = _in.Quoted(asWritten: false);
        if (quoted.Length == 0) return default;
        if (quoted.Length != 8 || !int.TryParse(quoted, NumberStyles.None, CultureInfo.InvariantCulture, out var date) || date / 100 % 100 is < 1 or > 12 || date % 100 is < 1 or > 31 || date < 1000_01_01)
        {
            throw _in.Error(at, "a date like \"20260131\" or \"\"", "dates are eight digits: year, month, day");
        }
        return new(date);
    }

    private HistorySupplemented History(ExpressionConstraint operand)
    {
        _in.SkipBlank();
        if (!_in.TakeWord("history")) throw _in.Error("HISTORY", "a history supplement is written {{ +HISTORY-MIN }}");
        var profile = HistoryProfile.Maximum;
        ExpressionConstraint? subset = null;
        if (_in.Next is '-' or '_')
        {
            _in.Position++;
            profile = _in.TakeWord("min") ? HistoryProfile.Minimum
                : _in.TakeWord("mod") ? HistoryProfile.Moderate
                : _in.TakeWord("max") ? HistoryProfile.Maximum
                : throw _in.Error("MIN, MOD or MAX");
        }
        else
        {
            _in.SkipBlank();
            if (_in.Next == '(') (profile, subset) = (HistoryProfile.Subset, Bracketed());
        }
        _in.Need("}}");
        return new(operand, profile, subset);
    }
}
