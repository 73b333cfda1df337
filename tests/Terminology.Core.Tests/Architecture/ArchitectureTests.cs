using System.Xml.Linq;

namespace Terminology.Architecture;

/// <summary>Each package in its one home, arrows as drawn in docs/architecture.md, Core on the base class library alone.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Terminology.Core"] = [],
        ["Terminology.Fhir"] = ["Terminology.Core"],
        ["Terminology.Store"] = ["Terminology.Core"],
        ["Terminology.Journal"] = ["Terminology.Core"],
        ["Terminology.Mapping"] = ["Terminology.Core"],
        ["Terminology.Loaders"] = ["Terminology.Core", "Terminology.Fhir", "Terminology.Mapping"],
        ["Terminology.Server"] = ["Terminology.Core", "Terminology.Fhir", "Terminology.Store", "Terminology.Journal", "Terminology.Mapping", "Terminology.Loaders"],
    };

    private static readonly Dictionary<string, string> Homes = new()
    {
        ["Hl7.Fhir.R4"] = "Terminology.Fhir",
        ["Hl7.Fhir.Specification.Data.R4"] = "Terminology.Loaders",
        ["CsvHelper"] = "Terminology.Loaders",
        ["MiniExcel"] = "Terminology.Loaders",
        ["Parquet.Net"] = "Terminology.Loaders",
        ["FluentValidation"] = "Terminology.Mapping",
        ["LiteDB"] = "Terminology.Journal",
        ["System.IO.Hashing"] = "Terminology.Store",
        ["System.CommandLine"] = "Terminology.Server",
        ["Spectre.Console"] = "Terminology.Server",
        ["Microsoft.AspNetCore.OpenApi"] = "Terminology.Server",
        ["Swashbuckle.AspNetCore.SwaggerUI"] = "Terminology.Server",
        ["OpenTelemetry.Extensions.Hosting"] = "Terminology.Server",
        ["OpenTelemetry.Instrumentation.AspNetCore"] = "Terminology.Server",
        ["OpenTelemetry.Exporter.Prometheus.AspNetCore"] = "Terminology.Server",
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = "Terminology.Server",
    };

    [TestCaseSource(nameof(Projects))]
    public void Project_References_FollowTheArrows(string project)
        => Assert.That(Names(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension), Is.SubsetOf(Arrows[project]));

    [TestCaseSource(nameof(Projects))]
    public void Project_Packages_AreAtHome(string project)
    {
        foreach (var package in Names(project, "PackageReference"))
        {
            Assert.That(Homes, Contains.Key(package!), $"{package} has no home: name it here and in docs/decisions.");
            Assert.That(Homes[package!], Is.EqualTo(project), $"{package} lives in {Homes[package!]}.");
        }
    }

    [Test]
    public void EveryProject_IsDrawn() => Assert.That(Projects(), Is.EquivalentTo(Arrows.Keys));

    [Test]
    public void Core_References_OnlyTheBaseClassLibrary()
        => Assert.That(typeof(CodeSystemUri).Assembly.GetReferencedAssemblies().Select(name => name.Name), Has.All.StartsWith("System."));

    [TestCaseSource(nameof(Projects))]
    public void UnsafeCode_LivesInStoreAlone(string project)
    {
        var allowed = Xml(project).Descendants("AllowUnsafeBlocks").Any();
        Assert.That(allowed, Is.EqualTo(project == "Terminology.Store"));
    }

    [TestCaseSource(nameof(Projects))]
    public void WireTypes_NeverLeaveFhir(string project)
    {
        if (project == "Terminology.Fhir") return;
        var users = Directory.EnumerateFiles(Folder(project), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("using Hl7.", StringComparison.Ordinal) || line.Contains("= Hl7.", StringComparison.Ordinal)));
        Assert.That(users, Is.Empty);
    }

    private static string[] Projects()
        => Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!).Order().ToArray();

    private static string Folder(string project) => Path.Combine(Repository.Root, "src", project);

    private static XDocument Xml(string project) => XDocument.Load(Path.Combine(Folder(project), project + ".csproj"));

    private static IEnumerable<string?> Names(string project, string item) => Xml(project).Descendants(item).Select(element => (string?)element.Attribute("Include"));
}
