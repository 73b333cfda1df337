namespace Terminology.Expressions;

/// <summary>The order of the parts of a normal form: by identifier as a number, then by value.</summary>
internal static class ExpressionOrder
{
    public static IComparer<string> Ids { get; } = Comparer<string>.Create((one, other) => one.Length != other.Length ? one.Length - other.Length : string.CompareOrdinal(one, other));

    public static IComparer<ExpressionAttribute> Attributes { get; } = Comparer<ExpressionAttribute>.Create(Compare);

    public static IComparer<IReadOnlyList<ExpressionAttribute>> Groups { get; } = Comparer<IReadOnlyList<ExpressionAttribute>>.Create(Compare);

    private static int Compare(ExpressionAttribute one, ExpressionAttribute other)
        => Ids.Compare(one.Name.Id, other.Name.Id) is not 0 and var byName ? byName : Ids.Compare(Value(one), Value(other));

    private static int Compare(IReadOnlyList<ExpressionAttribute> one, IReadOnlyList<ExpressionAttribute> other)
    {
        for (var i = 0; i < Math.Min(one.Count, other.Count); i++)
        {
            if (Compare(one[i], other[i]) is not 0 and var difference) return difference;
        }
        return one.Count - other.Count;
    }

    private static string Value(ExpressionAttribute attribute) => attribute.Concept?.Id ?? attribute.Literal?.ToString() ?? attribute.Expression!.ToString();
}
