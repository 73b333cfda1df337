using CsCheck;

namespace Terminology.Loaders.Rf2;

/// <summary>Snapshot + Delta is the second Snapshot, record for record: concepts, descriptions, relationships, values and reference sets, inactive rows included.</summary>
public sealed class DeltaTests
{
    private const string First = "20260101", Second = "20260701";
    private const int Concepts = 200;

    [Test]
    public void SnapshotAndDelta_OfAnyRelease_IsTheSecondSnapshot()
        => Gen.Int.Sample(seed =>
        {
            var (first, second, delta) = Releases(seed);
            using var basis = first.Load();
            using var whole = second.Load();
            using var applied = delta.Load("Delta", basis: basis.Release);
            Assert.That(applied.Problems, Is.Empty);
            Assert.That(applied.Info.Id, Is.EqualTo(whole.Info.Id));
            Assert.That(applied.Records(), Is.EqualTo(whole.Records()), $"random seed {seed}");
            Assert.That(whole.Records(), Is.Not.EqualTo(basis.Records()));
        }, iter: 5, threads: 1);

    [Test]
    public void Full_OfBothReleases_IsTheSecondSnapshot()
    {
        using var folder = new TemporaryFiles();
        var (first, second, delta) = Releases(17);
        var history = new[] { first.Write(folder.Path, "Full", "A"), delta.Write(folder.Path, "Full", "B") };
        using var full = ImportedRelease.Load(history);
        using var whole = second.Load();
        Assert.That(full.Records(), Is.EqualTo(whole.Records()));
    }

    private static (TinySnomed First, TinySnomed Second, TinySnomed Delta) Releases(int seed)
    {
        var random = new Random(seed);
        var (first, second, delta) = (new TinySnomed(First), new TinySnomed(Second), new TinySnomed(Second));
        var (number, isNew) = (0, false);
        Component((into, active, time, id, _) => into.Add(TinySnomed.Root, "SNOMED CT Concept", time: time), changes: false);
        for (var i = 1; i < Concepts; i++)
        {
            var concept = TinySnomed.Concept(i);
            isNew = random.Next(10) == 0;
            Component((into, active, time, id, version) => into.Concept(concept, active, time), comes: false);
            for (var terms = random.Next(1, 4); terms > 0; terms--)
            {
                var description = TinySnomed.Description(++number);
                var language = random.Next(4) == 0 ? "sv" : "en";
                Component((into, active, time, id, version) => into.Term(concept, $"Term {description} in {version}", language: language, id: description, active: active, time: time));
                Component((into, active, time, id, version) => into.Acceptability(description, version == 1 ? TinySnomed.Acceptable : TinySnomed.Preferred, active: active, time: time));
            }
            // Parents have smaller numbers, so that no release has a cycle.
            for (var parents = random.Next(1, 3); parents > 0; parents--)
            {
                var parent = TinySnomed.Concept(random.Next(i));
                if (i == 1 || parent == TinySnomed.Concept(0)) parent = TinySnomed.Root;
                Component((into, active, time, id, _) => into.IsA(concept, parent, TinySnomed.Relationship(id), active, time));
            }
            if (random.Next(3) == 0)
            {
                var (target, group) = (TinySnomed.Concept(random.Next(1, Concepts)), random.Next(3));
                Component((into, active, time, id, _) => into.Link(concept, TinySnomed.Concept(1), target, group, TinySnomed.Relationship(id), active, time));
                Component((into, active, time, id, version) => into.Value(concept, TinySnomed.Concept(2), $"#{version}.5", group, TinySnomed.Relationship(id), active, time));
            }
            if (random.Next(4) == 0)
            {
                Component((into, active, time, id, version) => into.Member("Refset/Map/der2_sRefset_SimpleMap{0}_{1}", "mapTarget", TinySnomed.Concept(3), concept, [$"T{version}"], TinySnomed.Uuid($"{id}"), active, time));
            }
        }
        return (first, second, delta);

        // Some components are there unchanged, some come, change or go with the second release; those of a new concept come with it.
        void Component(Action<TinySnomed, bool, string, int, int> write, bool changes = true, bool comes = true)
        {
            var id = ++number;
            var fate = isNew ? 1 : changes ? random.Next(comes ? 1 : 2, 10) : 0;
            if (fate == 1)
            {
                write(second, true, Second, id, 2);
                write(delta, true, Second, id, 2);
                return;
            }
            write(first, true, First, id, 1);
            if (fate is 2 or 3)
            {
                write(second, fate == 2, Second, id, 2);
                write(delta, fate == 2, Second, id, 2);
                return;
            }
            write(second, true, First, id, 1);
        }
    }
}
