using Terminology.Maps;

namespace Terminology.Fhir.Maps;

/// <summary>The codes of <see cref="Caution"/> on the wire; they never change.</summary>
public static class Cautions
{
    private static readonly string[] Codes = [.. Enum.GetNames<Caution>().Select(Words)];

    /// <summary><c>target-inactive</c> for <see cref="Caution.TargetInactive"/>.</summary>
    public static string Code(Caution caution) => Codes[(int)caution];

    private static string Words(string name) => string.Concat(name.Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
