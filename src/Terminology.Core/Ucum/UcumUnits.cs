using System.Collections.Concurrent;
using Terminology.Issues;

namespace Terminology.Ucum;

/// <summary>
/// Units of measure of one UCUM release: reads codes of its whole grammar, brings them to base units, compares and converts.
/// </summary>
/// <remarks>Thread-safe, pure. UCUM <see href="https://ucum.org/ucum">specification</see>.</remarks>
public sealed class UcumUnits
{
    private const int MostDefinitions = 64;
    private readonly ConcurrentDictionary<string, UcumCanonical> _defined = new(StringComparer.Ordinal);

    private readonly UcumHints _hints;

    internal UcumUnits(UcumTable table) => (Table, _hints) = (table, new(table));

    internal UcumTable Table { get; }

    /// <summary>Is the text a UCUM code?</summary>
    public bool IsValid(string code) => UcumParser.Parse(Table, code).Term is not null;

    /// <summary>What is wrong with a code, with the one-based character where; null when it is valid.</summary>
    public string? Explain(string code) => UcumParser.Parse(Table, code).Problem is { } problem ? Words(code, problem) : null;

    /// <summary>The base term of a code, for example <c>g.m-3</c> for <c>mg/dL</c>; <c>1</c> when it is a plain number. Units with one base term are comparable.</summary>
    /// <exception cref="InvalidExpression">The code is not valid.</exception>
    public string Canonical(string code) => CanonicalOf(Parse(code)).Text;

    /// <summary>Do both units measure the same kind of quantity, so that values can be converted?</summary>
    /// <exception cref="InvalidExpression">A code is not valid.</exception>
    public bool IsComparable(string code, string other) => CanonicalOf(Parse(code)).IsComparable(CanonicalOf(Parse(other)));

    /// <summary>Converts a value between comparable units; exact for units on a ratio scale, to double precision for special ones (<c>Cel</c>, <c>[pH]</c>, <c>B</c>).</summary>
    /// <returns>The value, at most 28 significant digits.</returns>
    /// <exception cref="InvalidExpression">A code is not valid.</exception>
    /// <exception cref="TerminologyException">Invalid: the units are not comparable, a special unit stands beside others, or the result is out of range.</exception>
    public decimal Convert(decimal value, string from, string to)
    {
        var (source, target) = (Parse(from), Parse(to));
        var (a, b) = (CanonicalOf(source), CanonicalOf(target));
        if (!a.IsComparable(b)) throw Impossible(UcumMessages.NotComparable(from, a.Text, to, b.Text));
        if (a.Functions.Count + b.Functions.Count > 0) return UcumScale.Convert(value, from, source, a, to, target, b);
        return (Ratio.Of(value) * a.Factor / b.Factor).TryDecimal(out var converted) ? converted : throw Impossible(UcumMessages.OutOfRange(to));
    }

    internal static TerminologyException Impossible(string text) => new(IssueType.Invalid, "UCUM_CONVERSION", text);

    internal UcumTerm Parse(string code)
    {
        var (term, problem) = UcumParser.Parse(Table, code);
        return term ?? throw new InvalidExpression(problem!.Position - 1, Words(code, problem));
    }

    /// <summary>Hints are looked for only when someone reads them.</summary>
    private string Words(string code, UcumProblem problem) => UcumMessages.Problem(code, problem.Position, problem.Symbol is { } symbol ? _hints.Unknown(symbol) : problem.Advice);

    internal UcumCanonical CanonicalOf(UcumTerm term) => CanonicalOf(term, 0);

    private UcumCanonical CanonicalOf(UcumTerm term, int depth) => term switch
    {
        UcumTerm.Number number => UcumCanonical.Of(Ratio.Parse(number.Digits)),
        UcumTerm.Group group => CanonicalOf(group.Inner, depth),
        UcumTerm.Product product => (product.Left is null ? UcumCanonical.One : CanonicalOf(product.Left, depth)).Times(CanonicalOf(product.Right, depth), product.Divides ? -1 : 1),
        UcumTerm.Symbol symbol => (symbol.Prefix is null ? Defined(symbol.Unit, depth) : Defined(symbol.Unit, depth).Times(UcumCanonical.Of(Ratio.Parse(symbol.Prefix.Value)), 1)).Power(symbol.Exponent),
        _ => UcumCanonical.One,
    };

    private UcumCanonical Defined(UcumUnit unit, int depth)
    {
        if (_defined.TryGetValue(unit.Code, out var known)) return known;
        if (depth > MostDefinitions) throw new TerminologyException(IssueType.Exception, "UCUM_CYCLE", $"The unit '{unit.Code}' is defined by itself");
        return _defined[unit.Code] = Define(unit, depth);
    }

    private UcumCanonical Define(UcumUnit unit, int depth)
    {
        if (unit.IsBase || (unit.IsArbitrary && unit.Definition == "1")) return UcumCanonical.Of(unit.Code);
        var definition = CanonicalOf(Parse(unit.Definition), depth + 1).Times(UcumCanonical.Of(Ratio.Parse(unit.Value)), 1);
        return unit.Function is { } function ? definition with { Functions = [function] } : definition;
    }
}
