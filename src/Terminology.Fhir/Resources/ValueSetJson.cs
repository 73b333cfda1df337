using Terminology.Fhir.Json;
using Terminology.ValueSets;

namespace Terminology.Fhir.Resources;

/// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset.html">ValueSet</see>.</summary>
internal static class ValueSetJson
{
    // child-of and others of R5 travel in R4 as an extension on the operator.
    private const string FilterOp = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.compose.include.filter.op";

    private const string ExpansionParameter = "http://hl7.org/fhir/StructureDefinition/valueset-expansion-parameter";

    private const string Supplement = "http://hl7.org/fhir/StructureDefinition/valueset-supplement";

    public static ValueSet Read(JsonNode root)
    {
        root = root.Expect("ValueSet");
        var compose = root.Object("compose") is { } node ? ReadCompose(node) : null;
        return new()
        {
            Url = root.String("url"),
            Version = root.String("version"),
            Id = root.String("id"),
            Name = root.String("name"),
            Title = root.String("title"),
            Status = Datatypes.Status(root.String("status")),
            StandardsStatus = ConceptExtensions.StatusOf(root),
            Experimental = root.Boolean("experimental"),
            Date = root.String("date"),
            Publisher = root.String("publisher"),
            Copyright = root.String("copyright"),
            Language = root.String("language"),
            Supplements = [.. root.Objects("extension").Where(extension => extension.String("url") == Supplement)
                .Select(extension => Datatypes.Canonical(extension.String("valueCanonical"))).OfType<VersionedUrl>()],
            ExpansionParameters = Parameters(root),
            Contained = [.. root.Objects("contained").Where(contained => contained.String("resourceType") == "ValueSet").Select(Read)],
            Compose = compose,
            StoredExpansion = compose is null && root.Object("expansion") is { } expansion ? [.. Members(expansion)] : null,
        };
    }

    private static Dictionary<string, string> Parameters(JsonNode root)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var holder in new[] { root, root.Object("compose") }.OfType<JsonNode>())
        {
            foreach (var parameter in holder.Objects("extension").Where(extension => extension.String("url") == ExpansionParameter))
            {
                var (name, value) = (parameter.Extension("name"), parameter.Extension("value"));
                if ((name?.String("valueCode") ?? name?.String("valueString")) is { } named && value?.Choice("value") is var (_, given)) found.TryAdd(named, Datatypes.Text(given));
            }
        }
        return found;
    }

    private static Compose ReadCompose(JsonNode node)
        => new([.. node.Objects("include").Select(ReadRule)], [.. node.Objects("exclude").Select(ReadRule)])
        {
            Inactive = node.Boolean("inactive"),
            LockedDate = node.String("lockedDate"),
        };

    private static ConceptSetRule ReadRule(JsonNode node)
    {
        var rule = new ConceptSetRule(
            node.String("system"),
            node.String("version"),
            [.. node.Objects("concept").Select(ReadConcept)],
            [.. node.Objects("filter").Select(ReadFilter)],
            [.. node.Strings("valueSet").Select(canonical => Datatypes.Canonical(canonical) ?? throw node.Fault("valueSet", $"has '{canonical}', which is no canonical"))]);
        if (rule.System is null && (rule.Concepts.Count > 0 || rule.Filters.Count > 0)) throw node.Fault("system", "is missing; concepts and filters need one");
        return rule;
    }

    private static ConceptReference ReadConcept(JsonNode node)
        => new(node.Required("code"), node.String("display"))
        {
            Designations = [.. node.Objects("designation").Select(CodeSystemJson.ReadDesignation)],
            Properties = [.. ConceptExtensions.Properties(node).Select(found => (found.Property.Code, found.Property.Type, found.Value))],
            Extensions = ConceptExtensions.Read(node),
        };

    private static Filter ReadFilter(JsonNode node)
        => new(node.Required("property"), node.Shadow("op")?.Extension(FilterOp)?.String("valueCode") ?? node.Required("op"), node.String("value") ?? "");

    private static IEnumerable<Coding> Members(JsonNode node)
    {
        foreach (var member in node.Objects("contains"))
        {
            // A member without code, or an abstract one, only groups those below it.
            if (member.String("code") is { } code && member.Boolean("abstract") != true)
            {
                yield return new(member.String("system"), code, member.String("version"), member.String("display"));
            }
            foreach (var below in Members(member)) yield return below;
        }
    }
}
