using CsCheck;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.ValueSets;

/// <summary>Each filter as a set and asked of one concept.</summary>
public sealed class FiltersTests
{
    private static readonly InMemoryCodeSystem System = Worlds.AnimalsVersion("1");

    [TestCase("concept", "is-a", "mammal", "mammal dog puppy cat")]
    [TestCase("concept", "is-a", "pet", "pet dog puppy cat parrot")]
    [TestCase("code", "is-a", "puppy", "puppy")]
    [TestCase("concept", "descendent-of", "mammal", "dog puppy cat")]
    [TestCase("concept", "is-not-a", "mammal", "animal pet bird parrot dodo")]
    [TestCase("concept", "generalizes", "puppy", "animal mammal pet dog puppy")]
    [TestCase("concept", "child-of", "pet", "dog cat parrot")]
    [TestCase("concept", "descendent-leaf", "mammal", "puppy cat")]
    [TestCase("concept", "descendent-leaf", "cat", "cat")]
    [TestCase("concept", "=", "cat", "cat")]
    [TestCase("concept", "in", "cat, dog,none", "cat dog")]
    [TestCase("concept", "not-in", "cat,dog", "animal mammal pet puppy bird parrot dodo")]
    [TestCase("code", "regex", "p.*", "pet puppy parrot")]
    [TestCase("concept", "regex", "d(og|odo)", "dog dodo")]
    [TestCase("concept", "regex", "do", "", Description = "the whole code")]
    [TestCase("display", "regex", "P.*y", "puppy")]
    [TestCase("parent", "=", "mammal", "dog cat")]
    [TestCase("child", "=", "parrot", "bird pet", Description = "reads: whose child is")]
    [TestCase("ancestor", "=", "bird", "parrot dodo")]
    [TestCase("descendant", "=", "dog", "animal mammal pet")]
    [TestCase("legs", "=", "2", "bird parrot dodo")]
    [TestCase("legs", "in", "2,3", "bird parrot dodo")]
    [TestCase("legs", "not-in", "4", "animal mammal pet bird parrot dodo")]
    [TestCase("legs", "exists", "true", "dog puppy cat bird parrot dodo")]
    [TestCase("legs", "exists", "false", "animal mammal pet")]
    [TestCase("legs", "regex", "[0-3]", "bird parrot dodo")]
    [TestCase("young", "=", "true", "puppy")]
    [TestCase("notSelectable", "=", "true", "animal pet")]
    [TestCase("inactive", "=", "true", "dodo")]
    [TestCase("inactive", "=", "false", "animal mammal pet dog puppy cat bird parrot")]
    public void Filter_Table(string property, string op, string value, string expected)
    {
        var filter = new Filter(property, op, value);
        var set = Filters.Evaluate(System, filter, "", CancellationToken.None);
        Assert.That(Names(set), Is.EquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(Names(System.All.Where(concept => Filters.Contains(System, filter, concept))), Is.EquivalentTo(Names(set)));
    }

    [TestCase("concept", "is-a", "", "UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE", "The system http://example.org/animals filter with property = concept, op = is-a has no value")]
    [TestCase("concept", "is-a", "fish", "INVALID_FILTER", "the code 'fish' is not in http://example.org/animals|1")]
    [TestCase("colour", "=", "red", "INVALID_FILTER", "no property 'colour'")]
    [TestCase("legs", "is-a", "2", "INVALID_FILTER", "operator 'is-a' is not known")]
    [TestCase("legs", "exists", "maybe", "INVALID_FILTER", "must be true or false")]
    [TestCase("concept", "exists", "true", "INVALID_FILTER", "operator 'exists' is not known")]
    [TestCase("code", "regex", "(", "INVALID_FILTER", "no regular expression")]
    [TestCase("code", "regex", @"(a)\1", "INVALID_FILTER", "no regular expression", Description = "back references need backtracking")]
    public void Filter_Broken_SaysWhatAndWhere(string property, string op, string value, string messageId, string text)
    {
        var filter = new Filter(property, op, value);
        Assert.That(
            () => Filters.Evaluate(System, filter, "ValueSet.compose.include[0].filter[1]", CancellationToken.None),
            Throws.InstanceOf<TerminologyException>().With.Property("MessageId").EqualTo(messageId).And.Message.Contains(text).And.Property("Expression").EqualTo("ValueSet.compose.include[0].filter[1]"));
        Assert.That(() => Filters.Contains(System, filter, new(0)), Throws.InstanceOf<TerminologyException>().With.Message.Contains(text));
    }

    [Test]
    public void Filter_HostilePattern_TakesNoTime()
    {
        var system = Worlds.CodeSystem("http://example.org/a", "1", new string('a', 5_000) + "b");
        Assert.That(Filters.Evaluate(system, new("code", "regex", "(a+)+"), "", CancellationToken.None), Is.Empty);
    }

    [Test]
    public void Filter_PropertyNamedOtherwise_IsFoundByItsStandardUri()
    {
        var info = new CodeSystemInfo { Url = new("http://example.org/a"), Properties = [new("groups-only", PropertyType.Boolean, "http://hl7.org/fhir/concept-properties#notSelectable")] };
        var system = Worlds.CodeSystem(info, "A;groups-only=true", "B;groups-only=false", "C");
        Assert.That(Filters.Evaluate(system, new("notSelectable", "=", "true"), "", CancellationToken.None).Count, Is.EqualTo(1));
        Assert.That(Filters.Evaluate(system, new("notSelectable", "=", "false"), "", CancellationToken.None).Count, Is.EqualTo(1));
    }

    [Test]
    public void Filter_SetAndQuestion_AnswerAlikeOnRandomHierarchies()
    {
        var filter = Gen.Select(
            RandomValueSets.OneOf("concept", "code", "parent", "child", "ancestor", "descendant", "size", "inactive"), RandomValueSets.OneOf("is-a", "descendent-of", "is-not-a", "generalizes", "child-of", "descendent-leaf", "=", "in", "not-in", "exists", "regex"),
            Gen.OneOf(Gen.Int[0, 11].Select(i => $"c{i}"), RandomValueSets.OneOf("small", "large", "true", "false", "c1.?", "c1,c2,small")), (property, op, value) => new Filter(property, op, value));
        Gen.Select(RandomValueSets.CodeSystems, filter).Sample((system, filter) =>
        {
            var set = Try(() => Filters.Evaluate(system, filter, "", CancellationToken.None).ToArray());
            var asked = Try(() => system.All.Where(concept => Filters.Contains(system, filter, concept)).ToArray());
            return set is null || asked is null ? set is null && asked is null : set.SequenceEqual(asked);
        });

        static ConceptOrdinal[]? Try(Func<ConceptOrdinal[]> evaluate)
        {
            try
            {
                return evaluate();
            }
            catch (TerminologyException)
            {
                return null;
            }
        }
    }

    private static string[] Names(IEnumerable<ConceptOrdinal> concepts) => [.. concepts.Select(concept => TerminologyService.Text(System.Code(concept)))];
}
