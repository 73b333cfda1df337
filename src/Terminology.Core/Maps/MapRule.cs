using System.Globalization;
using Terminology.Issues;

namespace Terminology.Maps;

/// <summary>
/// The rule of a SNOMED CT map row: <c>TRUE</c>, <c>OTHERWISE TRUE</c>, or conditions joined by <c>AND</c>, each
/// <c>IFA id | term |</c> with a limit where the concept is an age.
/// </summary>
/// <param name="Otherwise">OTHERWISE TRUE: holds when no earlier row of its group does.</param>
/// <param name="Conditions">All must hold; empty for TRUE and OTHERWISE TRUE.</param>
/// <remarks>SNOMED CT <see href="https://docs.snomed.org/implementation-guides/icd-10-mapping-technical-guide">ICD-10 mapping technical guide</see>, map rules.</remarks>
internal sealed record MapRule(bool Otherwise, IReadOnlyList<RuleCondition> Conditions)
{
    /// <summary>Reads a rule; words in any case, blanks as you like.</summary>
    /// <exception cref="InvalidExpression">Names the position of the first character that does not fit.</exception>
    public static MapRule Parse(string text) => new Reader(text).Rule();

    /// <summary>As the rule is written in a release.</summary>
    public override string ToString() => Conditions.Count > 0 ? string.Join(" AND ", Conditions) : Otherwise ? "OTHERWISE TRUE" : "TRUE";

    private ref struct Reader(string text)
    {
        private int _at;

        public MapRule Rule()
        {
            var rule = Word("OTHERWISE") ? Always(otherwise: true) : Word("TRUE") ? new(false, []) : Conditions();
            Blanks();
            return _at == text.Length ? rule : throw Wrong(rule.Conditions.Count > 0 ? "AND or the end" : "the end");
        }

        private MapRule Always(bool otherwise) => Word("TRUE") ? new(otherwise, []) : throw Wrong("TRUE");

        private MapRule Conditions()
        {
            var conditions = new List<RuleCondition>();
            do conditions.Add(Condition());
            while (Word("AND"));
            return new(false, conditions);
        }

        private RuleCondition Condition()
        {
            if (!Word("IFA")) throw Wrong("TRUE, OTHERWISE TRUE or IFA");
            var id = Identifier();
            var term = Next() == '|' ? Term() : "";
            return new(id, term, Next() is '<' or '>' or '=' or '≤' or '≥' ? Limit() : null);
        }

        private string Identifier()
        {
            Blanks();
            var start = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
            if (_at - start is >= 6 and <= 18) return text[start.._at];
            _at = start;
            throw Wrong("a SNOMED CT identifier");
        }

        private string Term()
        {
            var end = text.IndexOf('|', _at + 1);
            if (end < 0) throw Wrong("a term between two '|'; the second is missing");
            var term = text[(_at + 1)..end].Trim();
            _at = end + 1;
            return term;
        }

        private AgeLimit Limit()
        {
            var sign = text[_at++];
            var orEqual = sign is '≤' or '≥' || (sign != '=' && _at < text.Length && text[_at] == '=');
            if (orEqual && sign is '<' or '>' && _at < text.Length && text[_at] == '=') _at++;
            var kind = (sign, orEqual) switch
            {
                ('<' or '≤', false) => AgeOperator.Less,
                ('<' or '≤', true) => AgeOperator.LessOrEqual,
                ('>' or '≥', false) => AgeOperator.Greater,
                ('>' or '≥', true) => AgeOperator.GreaterOrEqual,
                _ => AgeOperator.Equal,
            };
            return new(kind, Number(), Unit());
        }

        private decimal Number()
        {
            Blanks();
            var start = _at;
            while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
            if (_at - start <= 12 && decimal.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
            _at = start;
            throw Wrong("a number");
        }

        private AgeUnit Unit()
        {
            Blanks();
            var start = _at;
            while (_at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] == '_')) _at++;
            if (Age.TryUnit(text.AsSpan(start, _at - start), out var unit)) return unit;
            _at = start;
            throw Wrong("years, months, weeks, days, hours or minutes");
        }

        private bool Word(string word)
        {
            Blanks();
            if (string.Compare(text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0) return false;
            var end = _at + word.Length;
            if (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) return false;
            _at = end;
            return true;
        }

        private char Next()
        {
            Blanks();
            return _at < text.Length ? text[_at] : '\0';
        }

        private void Blanks()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        }

        private readonly InvalidExpression Wrong(string expected) => new(_at, $"The map rule '{text}' does not read at position {_at}: {expected} is expected.");
    }
}

/// <summary>One condition of a map rule.</summary>
/// <param name="Concept">The SCTID asked for: an age, a sex, or a finding.</param>
/// <param name="Term">Its term as written; empty when none is.</param>
/// <param name="Limit">The limit, for ages; else null.</param>
internal sealed record RuleCondition(string Concept, string Term, AgeLimit? Limit = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"IFA {Concept}{(Term.Length > 0 ? $" | {Term} |" : "")}{(Limit is null ? "" : $" {Limit}")}";
}
