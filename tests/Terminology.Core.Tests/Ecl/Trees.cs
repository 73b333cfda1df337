using System.Collections;
using System.Globalization;

namespace Terminology.Ecl;

/// <summary>Expression constraints as text that shows every part, so that trees with lists compare by value.</summary>
internal static class Trees
{
    public static string Show(object? part) => part switch
    {
        null => "-",
        string text => $"'{text}'",
        EffectiveTime time => $"@{time}",
        IEnumerable list => $"[{string.Join(' ', list.Cast<object?>().Select(Show))}]",
        Enum or bool or int or decimal => Convert.ToString(part, CultureInfo.InvariantCulture)!,
        _ => $"{part.GetType().Name}({string.Join(' ', part.GetType().GetProperties().Where(property => property.GetMethod!.IsStatic is false && property.Name != "EqualityContract").Select(property => Show(property.GetValue(part))))})",
    };
}
