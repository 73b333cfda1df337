using System.Globalization;
using System.Text.RegularExpressions;

namespace Terminology.Expressions;

/// <summary>Concrete values that an attribute takes, as the concept model writes them: <c>dec(&gt;#0..)</c>, <c>int(#1 #2)</c>, <c>int(#1..&lt;#10)</c>, <c>str("a" "b")</c>, <c>bool()</c>.</summary>
internal sealed partial class ConcreteRange
{
    private readonly ConcreteKind _kind;
    private readonly bool _isWhole;
    private readonly List<Func<ConcreteValue, bool>> _tests = [];

    private ConcreteRange(string kind) => (_kind, _isWhole) = (kind switch { "str" => ConcreteKind.Text, "bool" => ConcreteKind.Boolean, _ => ConcreteKind.Number }, kind == "int");

    /// <summary>Reads a range; null when the text is none, as expression constraints are.</summary>
    public static ConcreteRange? Read(string text)
    {
        if (Whole().Match(text) is not { Success: true } whole) return null;
        var range = new ConcreteRange(whole.Groups["kind"].Value);
        foreach (Match part in Part().Matches(whole.Groups["values"].Value)) range._tests.Add(Test(part));
        return range;
    }

    /// <summary>Is the value one of them? Without values every value of the kind is.</summary>
    public bool Contains(ConcreteValue value)
        => value.Kind == _kind && !(_isWhole && value.Text.Contains('.', StringComparison.Ordinal)) && (_tests.Count == 0 || _tests.Exists(test => test(value)));

    private static Func<ConcreteValue, bool> Test(Match part)
    {
        if (part.Groups["text"].Success) return Same(ConcreteValue.String(part.Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)));
        if (part.Groups["word"].Success) return Same(ConcreteValue.Boolean(part.Groups["word"].Value.Equals("true", StringComparison.OrdinalIgnoreCase)));
        if (!part.Groups["dots"].Success) return Same(ConcreteValue.Number(part.Groups["from"].Value));
        var (from, to) = (Number(part.Groups["from"].Value), Number(part.Groups["to"].Value));
        var (above, below) = (part.Groups["above"].Value == ">", part.Groups["below"].Value == "<");
        return value => Number(value.Text) is { } number && (from is null || number > from || (!above && number == from)) && (to is null || number < to || (!below && number == to));
    }

    private static Func<ConcreteValue, bool> Same(ConcreteValue wanted) => value => value == wanted;

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^\s*(?<kind>int|dec|str|bool)\s*\((?<values>.*)\)\s*$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex("""(?<above>>=?)?\#(?<from>[-+]?[0-9.]*[0-9])(?<dots>\.\.)?(?(dots)(?:(?<below><=?)?\#(?<to>[-+]?[0-9.]*[0-9]))?)|(?<dots>\.\.)(?<below><=?)?\#(?<to>[-+]?[0-9.]*[0-9])|"(?<text>(?:[^"\\]|\\.)*)"|(?<word>(?i:true|false))""", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
