using System.Text;
using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.ValueSets;

namespace Terminology;

/// <summary>Small code systems, releases and services, written in a line.</summary>
internal static class Worlds
{
    public const string Animals = "http://example.org/animals";

    /// <summary>A poly-hierarchy with inactive, abstract and deprecated codes, and properties.</summary>
    public static InMemoryCodeSystem AnimalsVersion(string version, params string[] more)
        => CodeSystem(Animals, version, ["animal~:Animal", "mammal<animal:Mammal", "pet~<animal:Pet", "dog<mammal<pet:Dog;legs=4", "puppy<dog:Puppy;legs=4;young=true", "cat<mammal<pet:Cat;legs=4", "bird<animal:Bird;legs=2", "parrot<bird<pet:Parrot;legs=2", "dodo!<bird:Dodo;legs=2", .. more]);

    /// <summary>
    /// Concepts as <c>CODE&lt;PARENT…:Display;property=value…</c>; behind the code <c>!</c> is inactive, <c>~</c> abstract, <c>-</c> deprecated.
    /// </summary>
    public static InMemoryCodeSystem CodeSystem(string url, string? version, params string[] concepts) => CodeSystem(new() { Url = new(url), Version = version }, concepts);

    public static InMemoryCodeSystem CodeSystem(CodeSystemInfo info, params string[] concepts)
    {
        var builder = new InMemoryCodeSystemBuilder(info);
        foreach (var line in concepts)
        {
            var parts = line.Split(';');
            var (head, display) = parts[0].IndexOf(':') is >= 0 and var colon ? (parts[0][..colon], parts[0][(colon + 1)..]) : (parts[0], null);
            var names = head.Split('<');
            var code = names[0].TrimEnd('!', '~', '-');
            var (handle, _) = builder.Add(code, display);
            if (names[0].EndsWith('!')) builder.AddProperty(handle, "inactive", PropertyType.Boolean, "true");
            if (names[0].EndsWith('~')) builder.AddProperty(handle, "notSelectable", PropertyType.Boolean, "true");
            if (names[0].EndsWith('-')) builder.AddProperty(handle, "status", PropertyType.Code, "deprecated");
            foreach (var parent in names.Skip(1)) builder.AddProperty(handle, "parent", PropertyType.Code, parent);
            foreach (var property in parts.Skip(1))
            {
                var (name, value) = (property[..property.IndexOf('=')], property[(property.IndexOf('=') + 1)..]);
                if (name.StartsWith('@')) builder.AddDesignation(handle, new(name[1..], null, value));
                else builder.AddProperty(handle, name, PropertyType.String, value);
            }
        }
        return builder.Build();
    }

    public static TerminologyService Service(params ICodeSystem[] systems) => Empty.With(new(systems, [], []));

    public static TerminologyService Service(ICodeSystem[] systems, params ValueSet[] valueSets) => Empty.With(new(systems, valueSets, []));

    public static TerminologyService Empty { get; } = TerminologyService.Create([], new Reader());

    public static TerminologyService Loaded(params LoadedRelease[] releases) => TerminologyService.Create(releases, new Reader());

    /// <summary>A native release of a code system.</summary>
    public static LoadedRelease Native(ICodeSystem system, bool live) => new(new Release(new() { Id = new(system.Info.Url.Value, system.Info.Version), Title = "", Format = "test" }) { CodeSystem = system }, live);

    /// <summary>A package; its code systems and value sets are named by url, version and date, and hold one concept whose display is the package.</summary>
    public static LoadedRelease Package(string name, params (string Type, string Url, string? Version, string? Date)[] resources) => new(
        new Release(new() { Id = new(name, "1.0"), Title = name, Format = "fhir-package" })
        {
            Resources = [.. resources.Select(resource => new ResourceRecord(
                resource.Type, resource.Url, resource.Version, null, PublicationStatus.Active, resource.Date, Encoding.UTF8.GetBytes($"{resource.Url}\n{resource.Version}\n{name}")))],
        },
        true);

    public static ValueSet ValueSet(string name, params ConceptSetRule[] includes) => new() { Url = Url(name), Version = "1", Compose = new(includes, []) };

    public static ValueSet Less(this ValueSet valueSet, params ConceptSetRule[] excludes) => valueSet with { Compose = valueSet.Compose! with { Excludes = excludes } };

    public static string Url(string name) => $"http://example.org/vs/{name}";

    public static ConceptSetRule All(string system = Animals, string? version = null) => new(system, version, [], [], []);

    public static ConceptSetRule Codes(params string[] codes) => new(Animals, null, [.. codes.Select(code => new ConceptReference(code, null))], [], []);

    public static ConceptSetRule Where(string property, string op, string value) => new(Animals, null, [], [new(property, op, value)], []);

    public static ConceptSetRule Import(params string[] names) => new(null, null, [], [], [.. names.Select(name => VersionedUrl.Parse(Url(name)))]);

    private sealed class Release(ReleaseInfo info) : IReleaseContent
    {
        public ReleaseInfo Info { get; } = info;

        public ICodeSystem? CodeSystem { get; init; }

        public IReadOnlyList<IConceptMap> Maps => [];

        public IReadOnlyList<ResourceRecord> Resources { get; init; } = [];

        public void Replay(IReleaseSink sink, CancellationToken cancel) => throw new InvalidOperationException("Nothing to replay.");
    }

    private sealed class Reader : IResourceReader
    {
        public ICodeSystem ReadCodeSystem(ReadOnlyMemory<byte> json) => Parts(json) is var (url, version, package) ? CodeSystem(url, version, $"A:{package}") : throw new InvalidOperationException();

        public ValueSet ReadValueSet(ReadOnlyMemory<byte> json) => Parts(json) is var (url, version, package) ? new() { Url = url, Version = version, Title = package } : throw new InvalidOperationException();

        public IConceptMap ReadConceptMap(ReadOnlyMemory<byte> json) => throw new InvalidOperationException("There is none.");

        private static (string Url, string? Version, string Package) Parts(ReadOnlyMemory<byte> json)
        {
            var parts = Encoding.UTF8.GetString(json.Span).Split('\n');
            return (parts[0], parts[1].Length == 0 ? null : parts[1], parts[2]);
        }
    }
}
