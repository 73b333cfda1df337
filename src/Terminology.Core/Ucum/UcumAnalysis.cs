namespace Terminology.Ucum;

/// <summary>A unit expression in words: <c>(milligram) / (deciliter)</c>. A remark in braces counts as the unit one, which it is.</summary>
internal static class UcumAnalysis
{
    public static string Of(UcumTerm term) => term switch
    {
        UcumTerm.Symbol symbol => $"({symbol.Prefix?.Name}{symbol.Unit.Names[0]}{(symbol.Exponent == 1 ? "" : $" ^ {symbol.Exponent}")}){Remark(symbol.Annotation)}",
        UcumTerm.Number number => number.Digits + Remark(number.Annotation),
        UcumTerm.Group group => $"({Of(group.Inner)}){Remark(group.Annotation)}",
        UcumTerm.Product { Left: null } product => $"/ {Of(product.Right)}",
        UcumTerm.Product product => $"{Of(product.Left!)} {(product.Divides ? '/' : '*')} {Of(product.Right)}",
        _ => "1",
    };

    private static string Remark(string? annotation) => annotation is null ? "" : " * 1";
}
