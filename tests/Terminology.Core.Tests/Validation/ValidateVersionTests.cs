using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Validation;

/// <summary>Versions in the coding, in the value set and in the request: which one the code is read in, and what is said when they disagree.</summary>
public sealed class ValidateVersionTests
{
    private const string V = "http://example.org/v";

    private static readonly TerminologyService Service = Worlds.Service(
        [Worlds.CodeSystem(V, "1.0.0", "both:Both 1", "first:First"), Worlds.CodeSystem(V, "1.2.0", "both:Both 2", "second:Second")],
        Of("none", null), Of("one", "1.0.0"), Of("two", "1.2.0"), Of("w", "1.x"), Of("bad", "1"),
        Worlds.ValueSet("both", Worlds.All(V, "1.0.0"), Worlds.All(V, "1.2.0")));

    [TestCase("none", null, "", "", true, "1.2.0", "")]
    [TestCase("none", "1.0.0", "", "", true, "1.0.0", "")]
    [TestCase("none", "2.4.0", "", "", false, "1.2.0", "VALUESET_VALUE_MISMATCH_DEFAULT UNKNOWN_CODESYSTEM_VERSION")]
    [TestCase("one", null, "", "", true, "1.0.0", "")]
    [TestCase("one", "1.0.0", "", "", true, "1.0.0", "")]
    [TestCase("one", "1.2.0", "", "", false, "1.0.0", "VALUESET_VALUE_MISMATCH")]
    [TestCase("one", "2.4.0", "", "", false, "1.0.0", "VALUESET_VALUE_MISMATCH UNKNOWN_CODESYSTEM_VERSION")]
    [TestCase("w", null, "", "", true, "1.2.0", "")]
    [TestCase("w", "1.0.0", "", "", true, "1.0.0", "")]
    [TestCase("bad", null, "", "", false, "1.2.0", "UNKNOWN_CODESYSTEM_VERSION")]
    [TestCase("bad", "1.0.0", "", "", false, "1.0.0", "VALUESET_VALUE_MISMATCH UNKNOWN_CODESYSTEM_VERSION")]
    [TestCase("none", null, "default", "1.0.0", true, "1.0.0", "")]
    [TestCase("none", "2.4.0", "default", "1.0.0", false, "1.0.0", "VALUESET_VALUE_MISMATCH_CHANGED UNKNOWN_CODESYSTEM_VERSION")]
    [TestCase("two", "1.0.0", "default", "1.0.0", false, "1.2.0", "VALUESET_VALUE_MISMATCH")]
    [TestCase("two", null, "default", "1.0.0", true, "1.2.0", "")]
    [TestCase("none", null, "check", "1.0.x", true, "1.0.0", "")]
    [TestCase("two", null, "check", "1.0.x", false, "1.2.0", "VALUESET_VERSION_CHECK")]
    [TestCase("two", "1.0.0", "check", "1.0.x", false, "1.2.0", "VALUESET_VALUE_MISMATCH VALUESET_VERSION_CHECK")]
    [TestCase("two", null, "force", "1.0.x", true, "1.0.0", "")]
    [TestCase("two", "1.0.0", "force", "1.0.x", true, "1.0.0", "")]
    [TestCase("bad", null, "force", "1.0.x", true, "1.0.0", "")]
    [TestCase("none", "2.4.0", "force", "1.0.x", false, "1.0.0", "VALUESET_VALUE_MISMATCH_CHANGED UNKNOWN_CODESYSTEM_VERSION")]
    public void ValidateCode_Versions_Table(string valueSet, string? given, string rule, string version, bool result, string used, string messages)
    {
        IReadOnlyList<VersionedUrl> rules = [new(V, version)];
        var scope = new RequestScope
        {
            SystemVersions = rule == "default" ? rules : [], CheckSystemVersions = rule == "check" ? rules : [], ForceSystemVersions = rule == "force" ? rules : [],
        };
        var answer = Service.ValidateCode(new(new([new(V, "both", given)]), CodeForm.Coding) { ValueSetUrl = new(Worlds.Url(valueSet)) }, scope);
        Assert.That(answer.Issues.Select(issue => issue.MessageId), Is.EqualTo(messages.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(answer.Result, Is.EqualTo(result));
        Assert.That(answer.Version, Is.EqualTo(used));
        Assert.That(answer.CausedByUnknownSystems, Has.Count.EqualTo(messages.Contains("UNKNOWN") ? 1 : 0));
    }

    [TestCase(null, "both", "Both 1", true, "1.0.0", Description = "the version whose display it is")]
    [TestCase(null, "both", "Both 2", true, "1.2.0")]
    [TestCase(null, "both", null, true, "1.2.0", Description = "else the newest")]
    [TestCase(null, "first", null, true, "1.0.0")]
    [TestCase("1.0.0", "both", "Both 2", false, "1.0.0")]
    [TestCase("1.2.0", "first", null, false, "1.2.0")]
    public void ValidateCode_SeveralVersionsIncluded_TheFittingOneCounts(string? version, string code, string? display, bool result, string used)
    {
        var answer = Service.ValidateCode(new(new([new(V, code, version, display)]), CodeForm.Coding) { ValueSetUrl = new(Worlds.Url("both")) }, RequestScope.Default);
        Assert.That((answer.Result, answer.Version), Is.EqualTo((result, used)));
    }

    private static ValueSet Of(string name, string? version) => Worlds.ValueSet(name, Worlds.All(V, version));
}
