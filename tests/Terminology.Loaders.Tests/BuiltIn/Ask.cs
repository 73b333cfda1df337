using System.Text;
using Terminology.CodeSystems;
using Terminology.Loaders.Ucum;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Loaders.BuiltIn;

/// <summary>Questions to a service that has nothing loaded.</summary>
internal static class Ask
{
    public static TerminologyService Service => UcumWorld.Service;

    public static ValueSet Whole(string system, params (string Property, string Op, string Value)[] filters)
        => new() { Url = "http://example.org/asked", Compose = new([new(system, null, [], [.. filters.Select(filter => new Filter(filter.Property, filter.Op, filter.Value))], [])], []) };

    public static ValueSet List(string system, params string[] codes)
        => new() { Url = "http://example.org/asked", Compose = new([new(system, null, [.. codes.Select(code => new ConceptReference(code, null))], [], [])], []) };

    public static ExpandResult Expand(string system, params (string Property, string Op, string Value)[] filters) => Expand(Whole(system, filters));

    public static ExpandResult Expand(ValueSet valueSet) => Service.Expand(new() { ValueSet = valueSet }, RequestScope.Default);

    public static string[] Codes(ExpandResult result) => [.. result.Members.Select(member => Encoding.UTF8.GetString(member.CodeSystem!.Code(member.Concept)))];

    public static ValidateCodeResult Validate(string system, string code, ValueSet? valueSet = null, string? display = null)
        => Service.ValidateCode(new(new([new(system, code, null, display)], null), CodeForm.Coding) { ValueSet = valueSet }, RequestScope.Default);

    public static bool IsMember(string system, string code, params (string Property, string Op, string Value)[] filters) => Validate(system, code, Whole(system, filters)).Result;

    public static Subsumption Subsumes(string system, string a, string b) => Service.Subsumes(new(new(system, a), new(system, b)), RequestScope.Default).Outcome;

    public static LookupResult Lookup(string system, string code) => Service.Lookup(new(new(system, code), []), RequestScope.Default);

    public static string[] Properties(ICodeSystem system, ConceptOrdinal concept)
    {
        var range = system.Properties(concept);
        return [.. Enumerable.Range(range.Start, range.Count).Select(index => $"{system.Info.Properties[system.Property(index).Property].Code}={Encoding.UTF8.GetString(system.Property(index).Value)}")];
    }
}
