using Hl7.Fhir.Utility;
using Terminology.Maps;
using R4 = Hl7.Fhir.Model;

namespace Terminology.Fhir.Maps;

public sealed class EquivalenceTests
{
    private static IEnumerable<string> Words => Enum.GetValues<R4.ConceptMapEquivalence>().Select(value => value.GetLiteral()!);

    [TestCaseSource(nameof(Words))]
    public void Word_EveryR4Word_ComesBack(string word)
    {
        Assert.That(Equivalence.TryRead(word, out var relationship, out var original), Is.True);
        Assert.That(Equivalence.R4(relationship, original), Is.EqualTo(word));
    }

    [Test]
    public void Relationship_EveryValue_ComesBack([Values] MapRelationship relationship)
    {
        Assert.That(Equivalence.TryReadRelationship(Equivalence.R5(relationship), out var back), Is.True);
        Assert.That(back, Is.EqualTo(relationship));
    }

    [Test]
    public void TryRead_Unknown_IsFalse() => Assert.That(Equivalence.TryRead("same", out _, out _), Is.False);
}
