using Terminology.CodeSystems;

namespace Terminology.Expressions;

/// <summary>A value that is no concept. Two are equal when they mean the same: <c>#5</c> and <c>#5.0</c>; texts letter by letter.</summary>
internal readonly record struct ConcreteValue
{
    private ConcreteValue(ConcreteKind kind, string text) => (Kind, Text) = (kind, text);

    public ConcreteKind Kind { get; }

    /// <summary>A number without sign plus and without zeros that say nothing; a text as it is, without quotation marks; <c>true</c> or <c>false</c>.</summary>
    public string Text { get; }

    /// <param name="digits">As the grammar has it, without <c>#</c>.</param>
    public static ConcreteValue Number(string digits)
    {
        var negative = digits.StartsWith('-');
        var text = digits.TrimStart('-', '+');
        text = text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
        text = text.TrimStart('0');
        if (text.Length == 0 || text[0] == '.') text = "0" + text;
        return new(ConcreteKind.Number, negative && text != "0" ? "-" + text : text);
    }

    public static ConcreteValue String(string text) => new(ConcreteKind.Text, text);

    public static ConcreteValue Boolean(bool value) => new(ConcreteKind.Boolean, value ? "true" : "false");

    /// <summary>A value as a release stores it.</summary>
    public static ConcreteValue Stored(PropertyType type, string text) => type switch
    {
        PropertyType.Decimal or PropertyType.Integer => Number(text),
        PropertyType.Boolean => Boolean(text == "true"),
        _ => String(text),
    };

    /// <summary>As the grammar writes it.</summary>
    public override string ToString() => Kind switch
    {
        ConcreteKind.Number => "#" + Text,
        ConcreteKind.Text => $"\"{Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        _ => Text,
    };
}

/// <summary>Kinds of concrete values.</summary>
internal enum ConcreteKind
{
    Number,
    Text,
    Boolean,
}
