using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.ValueSets;

namespace Terminology.Languages;

/// <summary>Language tags as a code system: every tag of the grammar whose subtags are registered is a code, in its conventional case. A tag is below those that begin it.</summary>
/// <remarks>
/// RFC 5646; matching of ranges RFC 4647 §3.3.1. FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-all-languages.html">BCP-47</see>. Displays are those of the terminology
/// ecosystem's servers: the first line of the first description in the registry; the whole is a further designation.
/// </remarks>
internal sealed class LanguageGrammar(LanguageRegistry registry) : CodeGrammar
{
    private static readonly string[] Names = ["language", "ext-lang", "script", "region", "variant", "extension", "private-use", "preferred"];

    public override IReadOnlyList<string> Listed => registry.Languages;

    public override string Representative => "http://terminology.hl7.org/ValueSet/Languages";

    /// <summary>The code system.</summary>
    public static GrammarCodeSystem System(LanguageRegistry registry) => new(
        new()
        {
            Url = CodeSystemUri.Languages, Name = "BCP47", Title = "Tags for Identifying Languages (BCP 47)", Publisher = "IETF", Language = "en", Compositional = true, HierarchyMeaning = null,
            Copyright = "Subtags of the IANA Language Subtag Registry, dedicated to the public domain (CC0).",
            Properties = [.. Names.Select(name => new PropertyDefinition(name, PropertyType.String) { IsDerived = true })],
        },
        new LanguageGrammar(registry));

    /// <summary>The languages of ISO 639-1 and -2: what stands for all tags.</summary>
    public static ValueSet CommonLanguages(LanguageRegistry registry) => new()
    {
        Url = "http://terminology.hl7.org/ValueSet/Languages", Name = "Languages", Title = "Languages", Status = PublicationStatus.Active,
        Compose = new([new(CodeSystemUri.Languages.Value, null, [.. registry.Common.Select(code => new ConceptReference(code, null))], [], [])], []),
    };

    public override ComposedCode? Read(string code)
    {
        if (LanguageTag.Parse(registry, code).Tag is not { } tag) return null;
        var display = DisplayOf(tag);
        return new(code, display)
        {
            Flags = tag.Parts.Any(part => part.IsDeprecated) ? ConceptFlags.Deprecated : ConceptFlags.None,
            Designations = [.. OtherNames(tag).Where(name => name != display).Distinct().Select(name => new ComposedCode.DesignationEntry("en", DesignationUses.Unspecified, name))],
            Properties = [.. Values(tag).Where(pair => pair.Value is not null).Select(pair => (pair.Property, pair.Value!))],
        };
    }

    public override string? Explain(string code) => LanguageTag.Parse(registry, code).Problem is { } problem ? LanguageMessages.Problem(code, problem) : null;

    public override bool IsA(string code, string ancestor)
        => code.StartsWith(ancestor, StringComparison.Ordinal) && (code.Length == ancestor.Length || code[ancestor.Length] == '-');

    private static string DisplayOf(LanguageTag tag)
    {
        if (tag.WholeTag is { } whole) return whole.Name;
        if (tag.Language is null) return $"Private use ({tag.PrivateUse})";
        string[] qualifiers = [.. tag.Parts.Skip(1).Select(part => part.Name), .. tag.Extensions, .. tag.PrivateUse is { } own ? [$"x-{own}"] : Array.Empty<string>()];
        return qualifiers.Length == 0 ? tag.Language.Descriptions[0].Split('\n')[0] : $"{tag.Language.Name} ({string.Join(", ", qualifiers)})";
    }

    private static IEnumerable<string> OtherNames(LanguageTag tag)
    {
        if (tag.WholeTag is not null || tag.Language is null) yield break;
        (string Kind, Subtag? Part)[] named = [("Extlang", tag.Extlang), ("Script", tag.Script), ("Region", tag.Region), .. tag.Variants.Select(variant => ("Variant", (Subtag?)variant))];
        string[] qualifiers = [.. named.Where(pair => pair.Part is not null).Select(pair => $"{pair.Kind}={pair.Part!.Name}")];
        if (qualifiers.Length > 0) yield return $"{tag.Language.Name} ({string.Join(", ", qualifiers)})";
        else if (tag.Extensions.Count == 0 && tag.PrivateUse is null) foreach (var name in tag.Language.Descriptions) yield return name.Replace('\n', ' ');
    }

    private static IEnumerable<(int Property, string? Value)> Values(LanguageTag tag) =>
    [
        (0, tag.Language?.Text), (1, tag.Extlang?.Text), (2, tag.Script?.Text), (3, tag.Region?.Text),
        .. tag.Variants.Select(variant => (4, (string?)variant.Text)), .. tag.Extensions.Select(extension => (5, (string?)extension)), (6, tag.PrivateUse),
        (7, tag.Parts.FirstOrDefault(part => part.IsDeprecated)?.Preferred),
    ];
}
