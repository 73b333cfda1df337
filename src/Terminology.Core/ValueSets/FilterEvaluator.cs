using System.Text;
using System.Text.RegularExpressions;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.ValueSets;

/// <summary>One filter over one code system as a set of concepts.</summary>
/// <remarks>FHIR R4 <see href="https://hl7.org/fhir/R4/valueset-filter-operator.html">filter operators</see>.</remarks>
internal static class FilterEvaluator
{
    private static readonly TimeSpan RegexTime = TimeSpan.FromSeconds(1);

    /// <exception cref="TerminologyException">Invalid: unknown property, operator or value; names them.</exception>
    public static ConceptSet Evaluate(ICodeSystem system, Filter filter, CancellationToken cancel)
    {
        switch (filter.Property, filter.Op)
        {
            case ("concept" or "code", "is-a"):
                return system.DescendantsOrSelf(Find(system, filter));
            case ("concept" or "code", "descendent-of"):
                return Without(system.DescendantsOrSelf(Find(system, filter)), Find(system, filter));
            case ("concept" or "code", "is-not-a"):
                return system.All.Minus(system.DescendantsOrSelf(Find(system, filter)));
            case ("concept" or "code", "generalizes"):
                return system.AncestorsOrSelf(Find(system, filter));
            case ("concept" or "code", "child-of") or ("parent", "="):
                return Set(system.Children(Find(system, filter)));
            case ("child", "="):
                return Set(system.Parents(Find(system, filter)));
            case ("concept" or "code", "descendent-leaf"):
                var below = system.DescendantsOrSelf(Find(system, filter));
                return ConceptSet.FromSorted(below.Where(concept => system.Children(concept).IsEmpty).Select(concept => concept.Value).ToArray());
            case ("concept", "in") when system.Refsets is { } refsets:
                return refsets.Members(filter.Value);
            case ("concept", "refset") when system.Refsets is { } refsets:
                return ConceptSet.FromOrdinals(refsets.All.Select(refset => TerminologyService.TryFind(system, refset.Id, out var concept) ? concept.Value : -1).Where(ordinal => ordinal >= 0).ToArray());
            case ("concept" or "code", "="):
                return ConceptSet.Single(Find(system, filter));
            case ("concept" or "code", "in"):
                return Codes(system, filter.Value);
            case ("concept" or "code", "not-in"):
                return system.All.Minus(Codes(system, filter.Value));
            case ("concept" or "code", "regex"):
                return Matching(system, filter, concept => TerminologyService.Text(system.Code(concept)), cancel);
            case ("display", "regex"):
                return Matching(system, filter, concept => TerminologyService.Text(system.Display(concept)), cancel);
            case ("constraint" or "expression", _):
                throw new NotSupported($"Expression constraints (filter {filter.Property} {filter.Op}) are not supported yet.");
            default:
                return OfProperty(system, filter, cancel);
        }
    }

    private static ConceptSet OfProperty(ICodeSystem system, Filter filter, CancellationToken cancel)
    {
        var property = IndexOf(system, filter.Property);
        if (property < 0)
        {
            if (filter is { Property: "inactive", Op: "=" }) return filter.Value == "true" ? system.All.Minus(system.Active) : system.Active;
            if (filter is { Property: "notSelectable", Op: "=" }) return ByFlag(system, ConceptFlags.Abstract, filter.Value == "true");
            throw Broken(system, filter, $"the code system has no property '{filter.Property}'");
        }
        return filter.Op switch
        {
            "=" => Equal(system, property, filter.Value),
            "in" => filter.Value.Split(',').Aggregate(ConceptSet.Empty, (set, value) => set.Or(Equal(system, property, value.Trim()))),
            "not-in" => system.All.Minus(filter.Value.Split(',').Aggregate(ConceptSet.Empty, (set, value) => set.Or(Equal(system, property, value.Trim())))),
            "exists" => filter.Value == "false" ? system.All.Minus(system.WithProperty(property)) : system.WithProperty(property),
            "regex" => MatchingProperty(system, property, filter, cancel),
            _ => throw Broken(system, filter, $"the operator '{filter.Op}' is not known for it"),
        };
    }

    public static int IndexOf(ICodeSystem system, string property)
    {
        for (var i = 0; i < system.Info.Properties.Count; i++)
        {
            if (system.Info.Properties[i].Code == property) return i;
        }
        return -1;
    }

    private static ConceptSet Equal(ICodeSystem system, int property, string value)
    {
        var found = system.WithProperty(property, Encoding.UTF8.GetBytes(value));
        return TerminologyService.TryFind(system, value, out var concept) ? found.Or(system.WithProperty(property, concept)) : found;
    }

    private static ConceptSet ByFlag(ICodeSystem system, ConceptFlags flag, bool wanted)
        => ConceptSet.FromSorted(system.All.Where(concept => system.Flags(concept).HasFlag(flag) == wanted).Select(concept => concept.Value).ToArray());

    private static ConceptSet Codes(ICodeSystem system, string codes) => ConceptSet.FromOrdinals(
        codes.Split(',').Select(code => TerminologyService.TryFind(system, code.Trim(), out var concept) ? concept.Value : -1).Where(ordinal => ordinal >= 0).ToArray());

    private static ConceptSet Matching(ICodeSystem system, Filter filter, Func<ConceptOrdinal, string> textOf, CancellationToken cancel)
    {
        var pattern = Pattern(system, filter);
        var found = new List<int>();
        foreach (var concept in system.All)
        {
            if (concept.Value % 1024 == 0) cancel.ThrowIfCancellationRequested();
            if (pattern.IsMatch(textOf(concept))) found.Add(concept.Value);
        }
        return ConceptSet.FromSorted(found.ToArray());
    }

    private static ConceptSet MatchingProperty(ICodeSystem system, int property, Filter filter, CancellationToken cancel)
    {
        var pattern = Pattern(system, filter);
        var found = new List<int>();
        foreach (var concept in system.WithProperty(property))
        {
            if (concept.Value % 1024 == 0) cancel.ThrowIfCancellationRequested();
            var range = system.Properties(concept);
            for (var i = range.Start; i < range.End; i++)
            {
                var value = system.Property(i);
                if (value.Property != property || !pattern.IsMatch(TerminologyService.Text(value.Value))) continue;
                found.Add(concept.Value);
                break;
            }
        }
        return ConceptSet.FromSorted(found.ToArray());
    }

    /// <summary>Whole-text match without backtracking: a hostile pattern costs nothing but time in proportion to the text.</summary>
    private static Regex Pattern(ICodeSystem system, Filter filter)
    {
        try
        {
            return new($"^(?:{filter.Value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, RegexTime);
        }
        catch (Exception problem) when (problem is ArgumentException or System.NotSupportedException)
        {
            throw Broken(system, filter, $"'{filter.Value}' is no regular expression that can be evaluated: {problem.Message}");
        }
    }

    private static ConceptOrdinal Find(ICodeSystem system, Filter filter)
        => TerminologyService.TryFind(system, filter.Value, out var concept) ? concept : throw Broken(system, filter, $"the code '{filter.Value}' is not in the code system");

    private static ConceptSet Without(ConceptSet set, ConceptOrdinal concept) => set.Minus(ConceptSet.Single(concept));

    private static ConceptSet Set(ReadOnlySpan<ConceptOrdinal> concepts) => ConceptSet.FromOrdinals(System.Runtime.InteropServices.MemoryMarshal.Cast<ConceptOrdinal, int>(concepts));

    private static TerminologyException Broken(ICodeSystem system, Filter filter, string why)
        => new(IssueType.Invalid, "INVALID_FILTER", $"The filter {filter.Property} {filter.Op} '{filter.Value}' over {system.Info.Url} cannot be evaluated: {why}.") { TxIssueType = "vs-invalid" };
}
