using CsCheck;
using Terminology.CodeSystems;

namespace Terminology.Store;

/// <summary>Random releases against a naive model: write, open, ask everything; replay gives back every record.</summary>
public sealed class StoreRoundTripTests
{
    private static readonly string[] Alphabet = ["apple", "Apple", "æble", "1", "12", "999999999999999999", "9999999999999999999", "x|y", "0", "01", "a b", "€"];

    private static readonly Gen<Model> Models = Gen.Select(Gen.Int[1, 40], Gen.Int[0, int.MaxValue], (size, seed) => new Model(size, new Random(seed)));

    [Test]
    public void Hierarchy_Random_EqualsNaiveClosure() => Models.Sample(model =>
    {
        using var file = model.Write();
        var closure = model.Closure();
        for (var a = 0; a < model.Size; a++)
        {
            var concept = file.Find(Model.Code(a));
            var above = Enumerable.Range(0, model.Size).Where(b => closure[a, b]).Select(Model.Code).Order(StringComparer.Ordinal);
            var below = Enumerable.Range(0, model.Size).Where(b => closure[b, a]).Select(Model.Code).Order(StringComparer.Ordinal);
            Assert.That(file.Codes(file.System.AncestorsOrSelf(concept)), Is.EqualTo(above));
            Assert.That(file.Codes(file.System.DescendantsOrSelf(concept)), Is.EqualTo(below));
            Assert.That(file.Codes(file.System.Parents(concept)), Is.EqualTo(model.Parents[a].Select(Model.Code)));
            var children = file.System.Children(concept).ToArray();
            Assert.That(children, Is.Ordered.By(nameof(ConceptOrdinal.Value)));
            Assert.That(children.Select(file.Code), Is.EquivalentTo(Enumerable.Range(0, model.Size).Where(b => model.Parents[b].Contains(a)).Select(Model.Code)));
            for (var b = 0; b < model.Size; b++) Assert.That(file.System.IsA(concept, file.Find(Model.Code(b))), Is.EqualTo(closure[a, b]));
        }
        return true;
    }, iter: 60);

    [Test]
    public void Contents_Random_EqualWhatWasPushed() => Models.Sample(model =>
    {
        using var file = model.Write();
        Assert.That(file.System.Count, Is.EqualTo(model.Size));
        for (var i = 0; i < model.Size; i++)
        {
            var concept = file.Find(Model.Code(i));
            Assert.That(file.Code(concept), Is.EqualTo(Model.Code(i)));
            Assert.That(file.System.Flags(concept), Is.EqualTo(model.Flags[i]));
            var range = file.System.Designations(concept);
            var texts = Enumerable.Range(range.Start, range.Count).Select(index => ReleaseFile.Text(file.System.Designation(index).Value));
            Assert.That(texts, Is.EquivalentTo(model.Designations[i].Select(designation => designation.Text)));
            var best = model.Designations[i].Where(designation => designation.Active).OrderBy(designation => designation.Rank).FirstOrDefault().Text;
            if (best is not null) Assert.That(file.Display(Model.Code(i)), Is.EqualTo(best));
            Assert.That(file.Properties(Model.Code(i)).Select(text => text.TrimEnd('*')), Is.EquivalentTo(model.Properties[i].Select(property => $"{property.Group} {property.Name}={property.Value}")));
        }
        return true;
    }, iter: 60);

    [Test]
    public void WithProperty_Random_EqualsAScan() => Models.Sample(model =>
    {
        using var file = model.Write();
        foreach (var (name, value) in model.Properties.SelectMany(properties => properties).Select(property => (property.Name, property.Value)).Distinct())
        {
            var expected = Enumerable.Range(0, model.Size).Where(i => model.Properties[i].Any(property => property.Name == name && property.Value == value)).Select(Model.Code).Order(StringComparer.Ordinal);
            var index = file.PropertyIndex(name);
            Assert.That(file.Codes(file.System.WithProperty(index, ReleaseFile.Utf8(value))), Is.EqualTo(expected), $"{name}={value}");
            if (name == "like") Assert.That(file.Codes(file.System.WithProperty(index, file.Find(value))), Is.EqualTo(expected));
            Assert.That(file.Codes(file.System.WithProperty(index)), Is.EqualTo(Enumerable.Range(0, model.Size).Where(i => model.Properties[i].Any(property => property.Name == name)).Select(Model.Code).Order(StringComparer.Ordinal)));
        }
        return true;
    }, iter: 60);

    [Test]
    public void Replay_Random_GivesBackEveryRecordAndBuildsTheSameFile() => Models.Sample(model =>
    {
        var log = model.Log();
        using var file = model.Write();
        Assert.That(file.Replayed(), Is.EqualTo(log));
        var copyPath = file.Path + ".copy";
        using (var copy = new StoreBuilder(copyPath))
        {
            file.Release.Replay(copy, CancellationToken.None);
            copy.Complete(new(), CancellationToken.None);
        }
        using var opened = StoredRelease.Open(copyPath);
        var again = new RecordLog();
        opened.Replay(again, CancellationToken.None);
        Assert.That(again.Sorted(), Is.EqualTo(log));
        for (var i = 0; i < model.Size; i++)
        {
            opened.CodeSystem!.TryFind(ReleaseFile.Utf8(Model.Code(i)), out var concept);
            Assert.That(ReleaseFile.Text(opened.CodeSystem.Display(concept)), Is.EqualTo(file.Display(Model.Code(i))));
        }
        return true;
    }, iter: 60);

    /// <summary>A random release: poly-hierarchy (parents have lower numbers), names, codes and texts of awkward shapes.</summary>
    private sealed class Model
    {
        public Model(int size, Random random)
        {
            Size = size;
            _shift = random.Next(size);
            Parents = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, random.Next(4)).Where(_ => i > 0).Select(_ => random.Next(i)).Distinct().ToArray())];
            Flags = [.. Enumerable.Range(0, size).Select(_ => (ConceptFlags)random.Next(8))];
            Designations = [.. Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, random.Next(4)).Select(i => (Alphabet[random.Next(Alphabet.Length)], (byte)random.Next(3), random.Next(4) > 0, random.Next(2) == 0)).ToArray())];
            Properties = [.. Enumerable.Range(0, size).Select(_ => Enumerable.Range(0, random.Next(4)).Select(_ => Property(random)).ToArray())];
        }

        private readonly int _shift;

        public int Size { get; }

        public int[][] Parents { get; }

        public ConceptFlags[] Flags { get; }

        public (string Text, byte Rank, bool Active, bool HasId)[][] Designations { get; }

        public (string Name, string Value, int Group)[][] Properties { get; }

        public static string Code(int i) => i < Alphabet.Length ? Alphabet[i] : $"code-{i}";

        public bool[,] Closure()
        {
            var closure = new bool[Size, Size];
            for (var i = 0; i < Size; i++)
            {
                closure[i, i] = true;
                foreach (var parent in Parents[i])
                {
                    for (var j = 0; j < Size; j++) closure[i, j] |= closure[parent, j];
                }
            }
            return closure;
        }

        public ReleaseFile Write()
        {
            var file = new ReleaseFile();
            Push(file);
            return file;
        }

        /// <summary>What is pushed, as lines.</summary>
        public string[] Log()
        {
            using var file = new ReleaseFile();
            var log = new RecordLog();
            PushTo(log);
            return log.Sorted();
        }

        private void Push(ReleaseFile file) => PushTo(file.Sink);

        private void PushTo(Releases.IReleaseSink sink)
        {
            for (var n = 0; n < Size; n++)
            {
                // Not in the order of the hierarchy.
                var i = (n + _shift) % Size;
                var code = ReleaseFile.Utf8(Code(i));
                foreach (var parent in Parents[i]) sink.Relationship(new() { Source = code, Type = "parent"u8, Target = ReleaseFile.Utf8(Code(parent)), Active = true });
                sink.Concept(new() { Code = code, Flags = Flags[i], EffectiveTime = new(20200101 + i) });
                for (var d = 0; d < Designations[i].Length; d++)
                {
                    var (text, rank, active, hasId) = Designations[i][d];
                    sink.Designation(new()
                    {
                        Concept = code, Value = ReleaseFile.Utf8(text), Use = d % 2 == 0 ? DesignationUses.Display : DesignationUses.Synonym, Language = d % 2 == 0 ? "en" : "",
                        Id = ReleaseFile.Utf8(hasId ? $"{(d % 2 == 0 ? "" : "T")}{i}7{d}" : ""), Active = active, DisplayRank = rank, CaseSignificance = (CaseSignificance)d,
                        Module = ReleaseFile.Utf8(d == 1 ? "module" : ""),
                    });
                }
                for (var p = 0; p < Properties[i].Length; p++)
                {
                    var (name, value, group) = Properties[i][p];
                    if (name == "like") sink.Relationship(new() { Source = code, Type = "like"u8, Target = ReleaseFile.Utf8(value), Group = group, Active = true, Id = ReleaseFile.Utf8($"{i}9{p}") });
                    else sink.Property(new() { Concept = code, Property = ReleaseFile.Utf8(name), Type = PropertyType.String, Value = ReleaseFile.Utf8(value), Group = group, Active = true });
                }
            }
        }

        private (string Name, string Value, int Group) Property(Random random) => random.Next(3) switch
        {
            0 => ("like", Code(random.Next(Size)), random.Next(3)),
            1 => ("note", Alphabet[random.Next(Alphabet.Length)], random.Next(3)),
            _ => ("size", $"{random.Next(5)}", 0),
        };
    }
}
