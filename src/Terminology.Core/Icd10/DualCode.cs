using System.Buffers;
using Terminology.ValueSets;

namespace Terminology.Icd10;

/// <summary>How two codes of ICD-10 are written as one: with a blank between them, each with its mark or without.</summary>
/// <remarks>HL7 Terminology <see href="https://terminology.hl7.org/NamingSystem-ICD-10DualCoding.html">ICD-10 dual coding</see>.</remarks>
internal static class DualCode
{
    private const string Family = "http://hl7.org/fhir/sid/icd-10";
    private const int Longest = 64;
    private static readonly SearchValues<char> Signs = SearchValues.Create(" \t\u00A0+*†!");

    /// <summary>Do codes of this code system go in pairs? ICD-10 and its adaptations; those of the United States write combinations as codes of their own.</summary>
    public static bool IsIn(string system) => system.StartsWith(Family, StringComparison.Ordinal)
        ? system.Length == Family.Length || (system[Family.Length] == '-' && system[(Family.Length + 1)..] is not ("cm" or "pcs"))
        : system is "http://fhir.de/CodeSystem/bfarm/icd-10-gm" or "http://fhir.de/CodeSystem/dimdi/icd-10-gm";

    /// <summary>May the text be a pair, or have a mark? Tells the codes that are read here from all others.</summary>
    public static bool IsLike(string code) => code.Length <= Longest && code.AsSpan().ContainsAny(Signs);

    /// <summary>Does a value set, or one that it imports, list pairs?</summary>
    public static bool AreListed(TerminologyService service, ValueSet valueSet, int depth = 0) => valueSet.Compose is { } compose && depth < 8 && compose.Includes.Concat(compose.Excludes).Any(rule =>
        (rule.System is { } system && IsIn(system) && rule.Concepts.Any(concept => IsLike(concept.Code)))
        || rule.ValueSets.Any(imported => service.FindValueSet(imported) is { } found && AreListed(service, found, depth + 1)));

    /// <summary>The codes that a text names, without marks.</summary>
    public static (string Code, IcdMark Mark)[] Parts(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Part)];

    private static (string Code, IcdMark Mark) Part(string word)
    {
        var code = word.TrimEnd('+', '*', '†', '!');
        return (code, code.Length == word.Length ? IcdMark.None : word[code.Length] switch { '*' => IcdMark.Aster, '!' => IcdMark.Optional, _ => IcdMark.Dagger });
    }
}
