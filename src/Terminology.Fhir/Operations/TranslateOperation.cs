using System.Globalization;
using System.Text.Json;
using Terminology.Fhir.Json;
using Terminology.Fhir.Maps;
using Terminology.Fhir.Resources;
using Terminology.Maps;
using Terminology.Operations;

namespace Terminology.Fhir.Operations;

/// <summary><c>ConceptMap/$translate</c> on the wire, in R4 and R5 parameter names.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/conceptmap-operation-translate.html">$translate</see>, R5 <see href="https://hl7.org/fhir/R5/conceptmap-operation-translate.html">$translate</see>.</remarks>
public static class TranslateOperation
{
    private static readonly string[] Sources =
    [
        "code", "coding", "codeableConcept", "sourceCode", "sourceCoding", "sourceCodeableConcept", "targetCode", "targetCoding", "targetCodeableConcept",
    ];

    private const int LongestChain = 3;

    private static readonly string[] Declared =
    [
        .. Sources, "system", "sourceSystem", "version", "url", "conceptMap", "conceptMapVersion", "source", "sourceScope", "target", "targetScope", "targetsystem", "targetSystem", "reverse", "dependency",
        "chain", "trace", "safety", "includeSuperseded", "date", "displayLanguage", "tx-resource", "system-version", "check-system-version", "force-system-version", "default-valueset-version", "cache-id", "_format",
    ];

    /// <summary>Reads the request.</summary>
    /// <exception cref="Issues.TerminologyException">Required, Value: names the parameter.</exception>
    public static TranslateRequest Read(OperationInput input)
    {
        if (input.Given(Sources) is { Count: > 1 } several) throw OperationInput.Wrong(several[1], $"one thing is translated at a time; '{string.Join("' and '", several)}' are given. Several codings of one meaning travel in a CodeableConcept.");
        var fromTarget = input.Has("targetCode") || input.Has("targetCoding") || input.Has("targetCodeableConcept");
        var reverse = (input.Boolean("reverse") ?? false) || fromTarget;
        var concept = fromTarget ? ReadConcept(input, "targetCode", "targetCoding", "targetCodeableConcept", "targetSystem", "system") : ReadSource(input);
        var targetSystem = input.Text("targetsystem") ?? (fromTarget ? input.Text("sourceSystem") : input.Text("targetSystem"));
        var version = input.Text("conceptMapVersion");
        var r5Names = input.Has("sourceCode") || input.Has("sourceCoding") || input.Has("sourceCodeableConcept") || fromTarget;
        return new(concept)
        {
            Url = input.Text("url") is { } url ? ValidateCodeOperation.Canonical(url, version) : null,
            ConceptMap = input.Resource("conceptMap") is { } inline ? FhirResourceReader.ReadConceptMap(inline) : null,
            SourceScope = input.Text("source", "sourceScope"),
            TargetScope = input.Text("target", "targetScope"),
            TargetSystem = targetSystem,
            Reverse = reverse,
            R5Names = r5Names,
            // R5 hands out the target as the map has it.
            FillDisplays = !r5Names,
            MaxLinks = input.Boolean("chain") == true ? LongestChain : 0,
            Trace = input.Boolean("trace") ?? false,
            // R5 clients may hold an answer against what R5 declares: they get more only when they ask.
            Safety = input.Boolean("safety") ?? !r5Names,
            IncludeSuperseded = input.Boolean("includeSuperseded") ?? false,
            Ignored = input.Boolean("trace") == true ? [.. input.Names.Except(Declared, StringComparer.Ordinal)] : [],
            Dependencies = input.Has("dependency") ? [.. input.All("dependency").Select(ReadDependency)] : [],
        };
    }

    /// <summary>Writes the answer: equivalence and source in R4; for a client that speaks R5, relationship and originMap too.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The answer.</param>
    /// <param name="r5Names">Was the request in R5 names (<see cref="TranslateRequest.R5Names"/>)?</param>
    /// <param name="safety">With <c>safe</c> and <c>caution</c>, and the property <c>governance</c> of matches for which nobody answers; when nothing is said, in R4 answers.</param>
    public static void Write(Utf8JsonWriter writer, TranslateResult result, bool r5Names = false, bool? safety = null)
    {
        var withSafety = safety ?? !r5Names;
        ParametersWriter.Begin(writer);
        ParametersWriter.Boolean(writer, "result"u8, result.Result);
        ParametersWriter.Text(writer, "message"u8, "valueString"u8, result.Message);
        if (withSafety) WriteSafety(writer, result.Cautions);
        foreach (var match in result.Matches) Write(writer, match, r5Names, result.Reverse, withSafety);
        foreach (var step in result.Trace) Write(writer, step);
        ParametersWriter.End(writer);
    }

    /// <summary><c>safe</c>, and a <c>caution</c> for each reason why not.</summary>
    private static void WriteSafety(Utf8JsonWriter writer, IReadOnlyList<Caution> cautions)
    {
        ParametersWriter.Boolean(writer, "safe"u8, cautions.Count == 0);
        foreach (var caution in cautions) ParametersWriter.Text(writer, "caution"u8, "valueCode"u8, Cautions.Code(caution));
    }

    private static void Write(Utf8JsonWriter writer, TranslateStep step)
    {
        ParametersWriter.BeginParts(writer, "trace"u8);
        if (step.Map.Length > 0) ParametersWriter.Text(writer, "map"u8, "valueString"u8, step.Map);
        ParametersWriter.Boolean(writer, "taken"u8, step.Taken);
        ParametersWriter.Text(writer, "why"u8, "valueString"u8, step.Why);
        ParametersWriter.EndParts(writer);
    }

    private static void Write(Utf8JsonWriter writer, ChainLink link)
    {
        ParametersWriter.BeginParts(writer, "link"u8);
        ParametersWriter.Text(writer, "equivalence"u8, "valueCode"u8, Equivalence.R4(link.Relationship, null));
        ParametersWriter.Coding(writer, "concept"u8, link.Concept);
        ParametersWriter.Text(writer, "source"u8, "valueUri"u8, link.Map?.ToString());
        ParametersWriter.EndParts(writer);
    }

    private static void Write(Utf8JsonWriter writer, TranslateMatch match, bool r5Names, bool reverse, bool withSafety)
    {
        // In the direction of the map the relationship is that of the map again.
        var (relationship, original) = r5Names && reverse
            ? (match.Relationship.Turn(), TurnedRelationships.Turn(match.OriginalRelationship))
            : (match.Relationship, match.OriginalRelationship);
        ParametersWriter.BeginParts(writer, "match"u8);
        ParametersWriter.Text(writer, "equivalence"u8, "valueCode"u8, match.NoMap ? "unmatched" : Equivalence.R4(relationship, original));
        if (r5Names) ParametersWriter.Text(writer, "relationship"u8, "valueCode"u8, Equivalence.R5(relationship));
        WriteConcept(writer, match, r5Names && reverse);
        foreach (var product in match.Products)
        {
            ParametersWriter.BeginParts(writer, "product"u8);
            ParametersWriter.Text(writer, "element"u8, "valueUri"u8, product.Property);
            ParametersWriter.Coding(writer, "concept"u8, new(product.System, product.Value, null, product.Display));
            ParametersWriter.EndParts(writer);
        }
        foreach (var dependency in match.DependsOn)
        {
            ParametersWriter.BeginParts(writer, "dependsOn"u8);
            ParametersWriter.Text(writer, "element"u8, "valueUri"u8, dependency.Property);
            ParametersWriter.Coding(writer, "concept"u8, new(dependency.System, dependency.Value, null, dependency.Display));
            ParametersWriter.EndParts(writer);
        }
        var map = match.MapUrl is null ? null : new VersionedUrl(match.MapUrl, match.MapVersion).ToString();
        if (r5Names) ParametersWriter.Text(writer, "originMap"u8, "valueCanonical"u8, map);
        else ParametersWriter.Text(writer, "source"u8, "valueUri"u8, map);
        ParametersWriter.Text(writer, "comment"u8, "valueString"u8, match.Comment);
        ParametersWriter.Text(writer, "rule"u8, "valueString"u8, match.Rule);
        if (match.RuleGroup > 0) ParametersWriter.Text(writer, "group"u8, "valueString"u8, match.RuleGroup.ToString(CultureInfo.InvariantCulture));
        if (match.Priority > 0) ParametersWriter.Text(writer, "priority"u8, "valueString"u8, match.Priority.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in match.Properties) Property(writer, name, value);
        if (withSafety && !match.IsGoverned) Property(writer, "governance", "none");
        if (match.Via is { } via) ParametersWriter.Coding(writer, "via"u8, via);
        foreach (var link in match.Chain) Write(writer, link);
        if (match.NeedsPerson) ParametersWriter.Boolean(writer, "needsPerson"u8, true);
        if (withSafety) WriteSafety(writer, match.Cautions);
        foreach (var issue in match.Issues.Where(issue => issue.Severity >= Issues.IssueSeverity.Warning)) ParametersWriter.Text(writer, "message"u8, "valueString"u8, issue.Text);
        ParametersWriter.EndParts(writer);
    }

    /// <summary>A reverse answer in R5 names keeps the direction of the map: the code asked for is the concept, what was found is the source.</summary>
    private static void WriteConcept(Utf8JsonWriter writer, TranslateMatch match, bool asInMap)
    {
        if (match.Target is not { } target) return;
        if (asInMap && match.Source is { } asked)
        {
            ParametersWriter.Coding(writer, "concept"u8, new(asked.System, asked.Code));
            ParametersWriter.Coding(writer, "source"u8, new(target.System, target.Code));
        }
        else
        {
            ParametersWriter.Coding(writer, "concept"u8, target);
        }
    }

    private static void Property(Utf8JsonWriter writer, string name, string value)
    {
        ParametersWriter.BeginParts(writer, "property"u8);
        ParametersWriter.Text(writer, "code"u8, "valueCode"u8, name);
        if (name != TargetDays.SupersededProperty) ParametersWriter.Text(writer, "value"u8, "valueString"u8, value);
        else if (value == "true") ParametersWriter.Boolean(writer, "value"u8, true);
        else ParametersWriter.Text(writer, "value"u8, "valueDate"u8, value);
        ParametersWriter.EndParts(writer);
    }

    /// <summary>A bare coding must say of which code system it is.</summary>
    private static CodeableConcept Alone(string name, Coding coding) => coding switch
    {
        { System: null } => throw OperationInput.Missing(name, $"'{name}' needs its code system: give the Coding a system."),
        { Code: null } => throw OperationInput.Missing(name, $"'{name}' needs its code: give the Coding a code."),
        _ => new([coding]),
    };

    private static CodeableConcept ReadSource(OperationInput input)
    {
        if (input.CodeableConcept("sourceCodeableConcept") is { } r5) return r5;
        if (input.Coding("sourceCoding") is { } coding) return Alone("sourceCoding", coding);
        return input.Has("sourceCode")
            ? ReadConcept(input, "sourceCode", "sourceCoding", "sourceCodeableConcept", "sourceSystem", "system")
            : ReadConcept(input, "code", "coding", "codeableConcept", "system", "sourceSystem");
    }

    private static CodeableConcept ReadConcept(OperationInput input, string code, string coding, string codeableConcept, string system, string otherSystem)
    {
        if (input.CodeableConcept(codeableConcept) is { } concept) return concept;
        if (input.Coding(coding) is { } one) return Alone(coding, one);
        var given = input.Text(code) ?? throw OperationInput.Missing(code, "Nothing to translate is given: send 'code' with 'system', 'coding' or 'codeableConcept' (R5: sourceCode, sourceCoding, sourceCodeableConcept).");
        var ofSystem = input.Text(system, otherSystem) ?? throw OperationInput.Missing(system, $"'{code}' needs its code system: send '{system}'.");
        return new([new(ofSystem, given, input.Text("version"))]);
    }

    /// <summary>R4: element and concept; R5: attribute and value[x].</summary>
    private static TranslateDependency ReadDependency(JsonNode dependency)
    {
        string? element = null;
        CodeableConcept value = new([]);
        (decimal, string)? quantity = null;
        foreach (var part in dependency.Objects("part"))
        {
            if (part.Choice("value") is not var (type, found)) continue;
            var member = "value" + type;
            if (part.Required("name") is "element" or "attribute" or "property") element = part.Required(member);
            else if (type == "CodeableConcept") value = Datatypes.CodeableConcept(part.Object(member)!.Value);
            else if (type == "Coding") value = new([Datatypes.Coding(part.Object(member)!.Value)]);
            else if (type == "Quantity") quantity = ReadQuantity(part.Object(member)!.Value);
            else value = new([new(null, Datatypes.Text(found))], Datatypes.Text(found));
        }
        return new(element ?? throw OperationInput.Missing("dependency", "A dependency needs the part 'element' (R5 attribute)."), value) { Quantity = quantity };
    }

    private static (decimal, string) ReadQuantity(JsonNode quantity)
    {
        var number = quantity.Number("value") ?? throw quantity.Fault("value", "is missing");
        return decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (value, quantity.String("code") ?? quantity.String("unit") ?? throw quantity.Fault("code", "is missing; an age needs its UCUM unit: a, mo, wk, d or h"))
            : throw quantity.Fault("value", $"is {number}, too large for a quantity");
    }
}
