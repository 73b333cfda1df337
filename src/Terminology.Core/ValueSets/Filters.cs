using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.ValueSets;

/// <summary>Filters over a code system: as a set of concepts, and asked of one concept without building a set. Both ways answer alike.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-filter-operator.html">filter operators</see>, with child-of and descendent-leaf of R5.</remarks>
internal static class Filters
{
    private const string StandardProperty = "http://hl7.org/fhir/concept-properties#";
    private const int MostPatterns = 64;

    // An automaton grows with its pattern, and with it the time that each text takes.
    private const int LongestPattern = 2_000;
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    private delegate bool Test(ICodeSystem system, ConceptOrdinal concept);

    /// <summary>All concepts for which the filter holds.</summary>
    /// <exception cref="TerminologyException">Invalid: unknown property, operator or value; names them.</exception>
    public static ConceptSet Evaluate(ICodeSystem system, Filter filter, string path, CancellationToken cancel)
    {
        filter = Understood(system, filter, path);
        if (IsConcept(filter))
        {
            switch (filter.Op)
            {
                case "is-a":
                    return system.DescendantsOrSelf(Named(system, filter, path));
                case "descendent-of":
                    return system.DescendantsOrSelf(Named(system, filter, path)).Minus(ConceptSet.Single(Named(system, filter, path)));
                case "is-not-a":
                    return system.All.Minus(system.DescendantsOrSelf(Named(system, filter, path)));
                case "generalizes":
                    return system.AncestorsOrSelf(Named(system, filter, path));
                case "child-of":
                    return Set(system.Children(Named(system, filter, path)));
                case "descendent-leaf":
                    return Where(system, system.DescendantsOrSelf(Named(system, filter, path)), (of, concept) => of.Children(concept).IsEmpty, cancel);
                case "=":
                    return ConceptSet.Single(Named(system, filter, path));
                case "in" or "not-in":
                    var listed = InRefset(system, filter) ?? Listed(system, filter.Value);
                    return filter.Op == "in" ? listed : system.All.Minus(listed);
                case "refset" when system.Refsets is { } refsets:
                    return ConceptSet.FromOrdinals([.. refsets.All.Select(refset => TerminologyService.TryFind(system, refset.Id, out var concept) ? concept.Value : -1).Where(ordinal => ordinal >= 0)]);
            }
        }
        if (IsExpressionConstraint(system, filter)) return Ecl.EclQuery.Evaluate(system, filter.Value, cancel: cancel);
        // Expressions have no end: of those that are allowed only the concepts of the release can be listed.
        if (AreExpressions(system, filter)) return system.All;
        switch (filter.Property, filter.Op)
        {
            case ("parent", "="):
                return Set(system.Children(Named(system, filter, path)));
            case ("child", "="):
                return Set(system.Parents(Named(system, filter, path)));
            case ("ancestor", "="):
                return system.DescendantsOrSelf(Named(system, filter, path)).Minus(ConceptSet.Single(Named(system, filter, path)));
            case ("descendant", "="):
                return system.AncestorsOrSelf(Named(system, filter, path)).Minus(ConceptSet.Single(Named(system, filter, path)));
        }
        var property = IndexOf(system, filter.Property);
        if (property >= 0 && !IsInactive(filter))
        {
            switch (filter.Op)
            {
                case "=":
                    return Equal(system, property, filter.Value);
                case "in" or "not-in":
                    var any = Values(filter.Value).Aggregate(ConceptSet.Empty, (set, value) => set.Or(Equal(system, property, value)));
                    return filter.Op == "in" ? any : system.All.Minus(any);
                case "exists":
                    return Boolean(system, filter, path) ? system.WithProperty(property) : system.All.Minus(system.WithProperty(property));
                case "regex":
                    return Where(system, system.WithProperty(property), TestOf(system, filter, path), cancel);
            }
        }
        return Where(system, system.All, TestOf(system, filter, path), cancel);
    }

    /// <summary>Does the filter hold for this concept? Intervals, neighbours and the concept's own properties tell; nothing is scanned.</summary>
    /// <exception cref="TerminologyException">Invalid: unknown property, operator or value; names them.</exception>
    public static bool Contains(ICodeSystem system, Filter filter, ConceptOrdinal concept)
    {
        filter = Understood(system, filter, "");
        if (IsConcept(filter))
        {
            switch (filter.Op)
            {
                case "is-a":
                    return system.IsA(concept, Named(system, filter));
                case "descendent-of":
                    return Named(system, filter) is var above && concept != above && system.IsA(concept, above);
                case "is-not-a":
                    return !system.IsA(concept, Named(system, filter));
                case "generalizes":
                    return system.IsA(Named(system, filter), concept);
                case "child-of":
                    return system.Parents(concept).Contains(Named(system, filter));
                case "descendent-leaf":
                    return system.Children(concept).IsEmpty && system.IsA(concept, Named(system, filter));
                case "=":
                    return concept == Named(system, filter);
                case "in" or "not-in":
                    return (InRefset(system, filter) ?? Listed(system, filter.Value)).Contains(concept) == (filter.Op == "in");
                case "refset":
                    return Evaluate(system, filter, "", CancellationToken.None).Contains(concept);
            }
        }
        if (IsExpressionConstraint(system, filter)) return Ecl.EclQuery.Evaluate(system, filter.Value, ConceptSet.Single(concept)).Count > 0;
        return (filter.Property, filter.Op) switch
        {
            ("parent", "=") => system.Parents(concept).Contains(Named(system, filter)),
            ("child", "=") => system.Children(concept).Contains(Named(system, filter)),
            ("ancestor", "=") => Named(system, filter) is var above && concept != above && system.IsA(concept, above),
            ("descendant", "=") => Named(system, filter) is var below && concept != below && system.IsA(below, concept),
            _ => TestOf(system, filter, "")(system, concept),
        };
    }

    /// <summary>The filter with its value as the code system writes it: units in their canonical form, concepts of RxNorm without the word <c>CUI:</c>.</summary>
    /// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/rxnorm.html#filters">RxNorm filters</see>.</remarks>
    private static Filter Understood(ICodeSystem system, Filter filter, string path)
    {
        if (system is GrammarCodeSystem { Grammar: var grammar }) return grammar.FilterValue(filter.Property, filter.Value) is var value && value != filter.Value ? filter with { Value = value } : filter;
        if (filter.Value.Length < 4 || system.Info.Url != CodeSystemUri.RxNorm) return filter;
        if (filter.Value.StartsWith("AUI:", StringComparison.Ordinal)) throw Broken(system, filter, path, "relations are kept between concepts: name the concept of the atom (CUI:…)");
        return filter.Value.StartsWith("CUI:", StringComparison.Ordinal) ? filter with { Value = filter.Value[4..] } : filter;
    }

    /// <summary>The property that a filter means: by its code, or by the standard property that its uri says it is; -1 when the code system has none.</summary>
    public static int IndexOf(ICodeSystem system, string property)
    {
        var properties = system.Info.Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i].Code == property) return i;
        }
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i].Uri is { } uri && uri.Length == StandardProperty.Length + property.Length && uri.StartsWith(StandardProperty, StringComparison.Ordinal) && uri.EndsWith(property, StringComparison.Ordinal)) return i;
        }
        return -1;
    }

    /// <summary>What is asked of each concept alone.</summary>
    private static Test TestOf(ICodeSystem system, Filter filter, string path)
    {
        // Are post-coordinated expressions members? The concepts of the release are in any case.
        if (AreExpressions(system, filter)) return filter.Value == "true" ? (_, _) => true : (of, concept) => of is not Expressions.ExpressionCodeSystem snomed || !snomed.IsExpression(concept);
        if (IsConcept(filter) && filter.Op == "regex")
        {
            var pattern = Pattern(system, filter, path);
            return (of, concept) => IsMatch(pattern, of.Code(concept));
        }
        if (filter is { Property: "display", Op: "regex" or "=" })
        {
            if (filter.Op == "=") return (of, concept) => TerminologyService.Text(of.Display(concept)) == filter.Value;
            var pattern = Pattern(system, filter, path);
            return (of, concept) => IsMatch(pattern, of.Display(concept));
        }
        if (IsInactive(filter)) return Flag(ConceptFlags.Inactive, filter.Value);
        var property = IndexOf(system, filter.Property);
        if (property < 0)
        {
            if (filter is { Property: "notSelectable", Op: "=" }) return Flag(ConceptFlags.Abstract, filter.Value);
            throw Broken(system, filter, path, IsConcept(filter) ? $"the operator '{filter.Op}' is not known" : $"the code system has no property '{filter.Property}'");
        }
        switch (filter.Op)
        {
            case "=":
                return (of, concept) => Has(of, concept, property, value => value == filter.Value) || NamesPart(of, concept, property, filter.Value);
            case "in" or "not-in":
                var (values, wanted) = (Values(filter.Value).ToHashSet(StringComparer.Ordinal), filter.Op == "in");
                return (of, concept) => (Has(of, concept, property, values.Contains) || values.Any(value => NamesPart(of, concept, property, value))) == wanted;
            case "exists":
                var exists = Boolean(system, filter, path);
                return (of, concept) => Has(of, concept, property, _ => true) == exists;
            case "regex":
                var pattern = Pattern(system, filter, path);
                return (of, concept) => Has(of, concept, property, pattern.IsMatch);
            default:
                throw Broken(system, filter, path, $"the operator '{filter.Op}' is not known for it");
        }
    }

    /// <summary>Does the filter itself name the codes, whatever else there is?</summary>
    public static bool NamesCodes(Filter filter) => IsConcept(filter) && filter.Op is ("=" or "in");

    /// <summary>Does the filter say whether post-coordinated expressions are members?</summary>
    public static bool AreExpressions(ICodeSystem system, Filter filter) => filter is { Property: "expressions", Op: "=", Value: "true" or "false" } && system.Info.Url == CodeSystemUri.Snomed;

    private static bool IsConcept(Filter filter) => filter.Property is "concept" or "code";

    /// <summary>FHIR R4 <see href="https://hl7.org/fhir/R4/snomedct.html#filters">SNOMED CT filters</see> call it expression in some versions, constraint in others.</summary>
    private static bool IsExpressionConstraint(ICodeSystem system, Filter filter)
        => filter is { Property: "constraint" or "expression", Op: "=" } && system.Info.Url == CodeSystemUri.Snomed;

    /// <summary>Does the filter reach for inactive concepts, so that finding one is no news?</summary>
    public static bool AsksForInactive(ICodeSystem system, Filter filter)
        => IsExpressionConstraint(system, filter) ? Ecl.EclQuery.AsksForInactive(system, filter.Value) : IsInactive(filter) && filter.Value == "true";

    private static bool IsInactive(Filter filter) => filter is { Property: "inactive", Op: "=" };

    private static Test Flag(ConceptFlags flag, string value) => value switch
    {
        "true" => (of, concept) => (of.Flags(concept) & flag) != 0,
        "false" => (of, concept) => (of.Flags(concept) & flag) == 0,
        _ => (_, _) => false,
    };

    private static bool Has(ICodeSystem system, ConceptOrdinal concept, int property, Func<string, bool> test)
    {
        var range = system.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var view = system.Property(i);
            if (view.Property == property && test(TerminologyService.Text(view.Value))) return true;
        }
        return false;
    }

    private static ConceptSet Equal(ICodeSystem system, int property, string value)
    {
        var found = system.WithProperty(property, Encoding.UTF8.GetBytes(value));
        if (TerminologyService.TryFind(system, value, out var concept) && TerminologyService.Text(system.Code(concept)) == value) found = found.Or(system.WithProperty(property, concept));
        if (!HasNamedParts(system)) return found;
        foreach (var part in system.All)
        {
            if (IsNamed(system, part, value)) found = found.Or(system.WithProperty(property, part));
        }
        return found;
    }

    /// <summary>LOINC parts are named in filters by their code or, whatever its case, by their name: <c>SCALE_TYP = DOC</c>.</summary>
    private static bool HasNamedParts(ICodeSystem system) => system.Info.Url == CodeSystemUri.Loinc;

    /// <summary>Is a value of the property a part with this name?</summary>
    private static bool NamesPart(ICodeSystem system, ConceptOrdinal concept, int property, string name)
    {
        if (!HasNamedParts(system)) return false;
        var range = system.Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var view = system.Property(i);
            if (view.Property == property && view.Concept.Exists && IsNamed(system, view.Concept, name)) return true;
        }
        return false;
    }

    private static bool IsNamed(ICodeSystem system, ConceptOrdinal part, string name)
    {
        if (!system.Code(part).StartsWith("LP"u8)) return false;
        var range = system.Designations(part);
        for (var i = range.Start; i < range.End; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(system.Designation(i).Value, name)) return true;
        }
        return false;
    }

    private static ConceptSet? InRefset(ICodeSystem system, Filter filter) => system.Refsets is { } refsets && !filter.Value.Contains(',') ? refsets.Members(filter.Value.Trim()) : null;

    private static ConceptSet Listed(ICodeSystem system, string codes)
        => ConceptSet.FromOrdinals([.. Values(codes).Select(code => TerminologyService.TryFind(system, code, out var concept) ? concept.Value : -1).Where(ordinal => ordinal >= 0)]);

    private static string[] Values(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static ConceptSet Where(ICodeSystem system, ConceptSet set, Test test, CancellationToken cancel)
    {
        var found = new List<int>();
        foreach (var concept in set)
        {
            cancel.ThrowIfCancellationRequested();
            if (test(system, concept)) found.Add(concept.Value);
        }
        return ConceptSet.FromSorted(found.ToArray());
    }

    private static bool IsMatch(Regex pattern, ReadOnlySpan<byte> utf8) => pattern.IsMatch(TerminologyService.Text(utf8));

    /// <summary>Whole-text match without backtracking: a hostile pattern costs nothing but time in proportion to the text.</summary>
    private static Regex Pattern(ICodeSystem system, Filter filter, string path)
    {
        if (Patterns.TryGetValue(filter.Value, out var known)) return known;
        if (filter.Value.Length > LongestPattern) throw Broken(system, filter with { Value = filter.Value[..40] + "…" }, path, Messages.LongPattern(filter.Value.Length, LongestPattern));
        try
        {
            var pattern = new Regex($"^(?:{filter.Value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime);
            if (Patterns.Count >= MostPatterns) Patterns.Clear();
            return Patterns[filter.Value] = pattern;
        }
        catch (Exception problem) when (problem is ArgumentException or System.NotSupportedException)
        {
            throw Broken(system, filter, path, $"'{filter.Value}' is no regular expression that can be evaluated: {problem.Message}");
        }
    }

    private static bool Boolean(ICodeSystem system, Filter filter, string path) => filter.Value switch
    {
        "true" or "" => true,
        "false" => false,
        _ => throw Broken(system, filter, path, "the value must be true or false"),
    };

    private static ConceptOrdinal Named(ICodeSystem system, Filter filter, string path = "")
    {
        if (filter.Value.Length == 0)
        {
            throw new TerminologyException(IssueType.Invalid, "UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE", Messages.FilterWithoutValue(system.Info.Url.Value, filter)) { TxIssueType = "vs-invalid", Expression = path.Length == 0 ? null : path };
        }
        return TerminologyService.TryFind(system, filter.Value, out var concept) ? concept : throw Broken(system, filter, path, $"the code '{filter.Value}' is not in {TerminologyService.VersionedName(system)}");
    }

    private static ConceptSet Set(ReadOnlySpan<ConceptOrdinal> concepts) => ConceptSet.FromOrdinals(MemoryMarshal.Cast<ConceptOrdinal, int>(concepts));

    private static TerminologyException Broken(ICodeSystem system, Filter filter, string path, string why)
        => new(IssueType.Invalid, "INVALID_FILTER", Messages.BrokenFilter(system.Info.Url.Value, filter, why)) { TxIssueType = "vs-invalid", Expression = path.Length == 0 ? null : path };
}
