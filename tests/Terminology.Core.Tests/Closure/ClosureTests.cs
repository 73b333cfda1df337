using CsCheck;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;
using Terminology.ValueSets;

namespace Terminology.Closure;

/// <summary>$closure over tables in memory.</summary>
public sealed class ClosureTests
{
    private MemoryClosureTables _tables = new();

    [SetUp]
    public void Forget() => _tables = new();

    [Test]
    public async Task Closure_Walk_GivesOnlyWhatIsNew()
    {
        var service = Worlds.Service(Worlds.AnimalsVersion("1"));
        var started = await AskAsync(service, []);
        Assert.That((started.IsNew, started.Table.Version, started.Relations), Is.EqualTo((true, 0, Array.Empty<ClosureRelation>())));
        Assert.That(Lines(await AskAsync(service, ["dog"])), Is.Empty);
        Assert.That(Lines(await AskAsync(service, ["mammal", "cat"])), Is.EquivalentTo(["dog<mammal", "cat<mammal"]));
        Assert.That(Lines(await AskAsync(service, ["puppy", "pet"])), Is.EquivalentTo(["puppy<dog", "puppy<mammal", "puppy<pet", "dog<pet", "cat<pet"]));
        var again = await AskAsync(service, ["dog", "dog"]);
        Assert.That((again.Table.Version, Lines(again).Length), Is.EqualTo((3, 0)), "nothing new, no new version");
    }

    [TestCase("0", "dog<mammal cat<mammal puppy<dog puppy<mammal")]
    [TestCase("1", "dog<mammal cat<mammal puppy<dog puppy<mammal")]
    [TestCase("2", "puppy<dog puppy<mammal")]
    [TestCase("3", "")]
    public async Task Closure_Version_ReplaysWhatCameAfter(string version, string expected)
    {
        var service = Worlds.Service(Worlds.AnimalsVersion("1"));
        foreach (var codes in new string[][] { [], ["dog"], ["mammal", "cat"], ["puppy"] }) await AskAsync(service, codes);
        var replayed = await service.ClosureAsync(new("t", [], version), _tables, RequestScope.Default);
        Assert.That(replayed.Table.Version, Is.EqualTo(3));
        Assert.That(Lines(replayed), Is.EquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public async Task Closure_StartedAgain_ForgetsAndKnowsEarlierVersions()
    {
        var service = Worlds.Service(Worlds.AnimalsVersion("1"));
        await AskAsync(service, []);
        await AskAsync(service, ["dog", "mammal"]);
        var again = await AskAsync(service, []);
        Assert.That((again.IsNew, again.Table.Version, again.Table.Concepts.Count), Is.EqualTo((true, 2, 0)));
        Assert.That(Problem(service, new("t", [], "1")), Is.EqualTo((IssueType.BusinessRule, "CLOSURE_REINITIALIZE")));
        Assert.That(Lines(await service.ClosureAsync(new("t", [], "0"), _tables, RequestScope.Default)), Is.Empty);
    }

    [Test]
    public async Task Closure_AnotherVersionAnswers_MustBeStartedAnew()
    {
        await AskAsync(Worlds.Service(Worlds.AnimalsVersion("1")), []);
        await AskAsync(Worlds.Service(Worlds.AnimalsVersion("1")), ["dog"]);
        var newer = Worlds.Service(Worlds.AnimalsVersion("2"));
        Assert.That(Problem(newer, new("t", [new(Worlds.Animals, "cat")], null)), Is.EqualTo((IssueType.BusinessRule, "CLOSURE_REINITIALIZE")));
        Assert.That(Problem(newer, new("t", [], "1")), Is.EqualTo((IssueType.BusinessRule, "CLOSURE_REINITIALIZE")));
        await AskAsync(newer, []);
        Assert.That((await AskAsync(newer, ["dog"])).Table.Systems, Is.EqualTo(new[] { new ClosureSystem(Worlds.Animals, null, "2") }));
    }

    [Test]
    public async Task Closure_SeveralSystems_AreRelatedWithinEach()
    {
        const string plants = "http://example.org/plants";
        var service = Worlds.Service(Worlds.AnimalsVersion("1"), Worlds.CodeSystem(plants, "7", "animal", "dog<animal"));
        await AskAsync(service, []);
        var result = await service.ClosureAsync(new("t", [new(Worlds.Animals, "dog"), new(plants, "dog"), new(plants, "animal")], null), _tables, RequestScope.Default);
        Assert.That(result.Relations, Is.EqualTo(new[] { new ClosureRelation(new(plants, "dog", 1), new(plants, "animal", 1), false) }));
    }

    [Test]
    public async Task Closure_TwoWaysToWriteACode_AreEqual()
    {
        var service = Worlds.Service(Worlds.CodeSystem(new CodeSystemInfo { Url = new(Worlds.Animals), Version = "1", CaseSensitive = false }, "dog"));
        await AskAsync(service, []);
        var result = await AskAsync(service, ["dog", "DOG"]);
        Assert.That(result.Relations.Single().AreEqual);
    }

    [Test]
    public void Closure_Wrong_SaysWhatAndChangesNothing()
    {
        var service = Worlds.Service(Worlds.AnimalsVersion("1"));
        Assert.That(Problem(service, new("no such", [], null)), Is.EqualTo((IssueType.Value, "INVALID_CLOSURE_NAME")));
        Assert.That(Problem(service, new("t", [new(Worlds.Animals, "dog")], null)), Is.EqualTo((IssueType.NotFound, "UNKNOWN_CLOSURE")));
        Assert.That(Problem(service, new("t", [], null)), Is.Null);
        Assert.That(Problem(service, new("t", [new(Worlds.Animals, "dog")], "1")), Is.EqualTo((IssueType.Value, "CLOSURE_CONCEPTS_AND_VERSION")));
        Assert.That(Problem(service, new("t", [], "7")), Is.EqualTo((IssueType.Value, "UNKNOWN_CLOSURE_VERSION")));
        Assert.That(Problem(service, new("t", [new(Worlds.Animals, "dog"), new(Worlds.Animals, "unicorn")], null)), Is.EqualTo((IssueType.CodeInvalid, "Unknown_Code_in_Version")));
        Assert.That(Problem(service, new("t", [new("http://example.org/none", "dog")], null)), Is.EqualTo((IssueType.CodeInvalid, "UNKNOWN_CODESYSTEM")));
        Assert.That(_tables.Find("t")!.Concepts, Is.Empty);
    }

    [Test]
    public void Closure_AnyOrderAndGrouping_EqualsTheNaiveWalk() => Gen.Select(RandomValueSets.CodeSystems, Gen.Int[0, RandomValueSets.Concepts - 1].Array[1, 4].Array[1, 6]).Sample((system, calls) =>
    {
        var service = Worlds.Service(system);
        var table = service.Closure(new("t", [], null), null, RequestScope.Default).Table;
        var lines = new List<string>();
        foreach (var call in calls)
        {
            var result = service.Closure(new("t", [.. call.Select(i => new Coding(Worlds.Animals, $"c{i}"))], null), table, RequestScope.Default);
            table = result.Table;
            lines.AddRange(Lines(result));
        }
        var entered = calls.SelectMany(call => call).Distinct().Select(i => $"c{i}").ToArray();
        var naive = entered.SelectMany(below => entered.Where(above => above != below && IsBelow(system, below, above)).Select(above => $"{below}<{above}"));
        var replayed = service.Closure(new("t", [], "0"), table, RequestScope.Default);
        return lines.Order(StringComparer.Ordinal).SequenceEqual(naive.Order(StringComparer.Ordinal)) && Lines(replayed).Order(StringComparer.Ordinal).SequenceEqual(naive.Order(StringComparer.Ordinal));
    });

    /// <summary>By walking up the parents.</summary>
    private static bool IsBelow(ICodeSystem system, string below, string above)
    {
        TerminologyService.TryFind(system, below, out var concept);
        foreach (var parent in system.Parents(concept).ToArray())
        {
            var code = TerminologyService.Text(system.Code(parent));
            if (code == above || IsBelow(system, code, above)) return true;
        }
        return false;
    }

    private Task<ClosureResult> AskAsync(TerminologyService service, string[] codes)
        => service.ClosureAsync(new("t", [.. codes.Select(code => new Coding(Worlds.Animals, code))], null), _tables, RequestScope.Default);

    private (IssueType Type, string Id)? Problem(TerminologyService service, ClosureRequest request)
    {
        try
        {
            service.ClosureAsync(request, _tables, RequestScope.Default).GetAwaiter().GetResult();
            return null;
        }
        catch (TerminologyException problem)
        {
            return (problem.Type, problem.MessageId);
        }
    }

    private static string[] Lines(ClosureResult result) => [.. result.Relations.Select(relation => $"{relation.Source.Code}<{relation.Target.Code}")];
}
