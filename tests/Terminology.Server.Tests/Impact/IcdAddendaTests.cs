using System.IO.Compression;
using Terminology.CodeSystems;
using Terminology.Loaders;
using Terminology.Mapping.Impact;

namespace Terminology.Server.Impact;

/// <summary>ICD-10-CM 2018 and 2019 as they were published: what is found of a map to codes of 2018 is what the addenda file of 2019 says, no row more and none less.</summary>
public sealed class IcdAddendaTests : IDisposable
{
    private Compared _compared = null!;
    private string[] _billable = [], _headers = [];
    private Addenda _addenda = null!;

    private sealed record Addenda(HashSet<string> Deleted, HashSet<string> Revised, HashSet<string> AddedAsHeader, HashSet<string> Added);

    [OneTimeSetUp]
    public void Load()
    {
        var (old, now) = (Repository.Shared("data/loaders/icd10cm-2018.zip"), Repository.Shared("data/loaders/icd10cm-2019.zip"));
        var before = ImportedRelease.Load(old);
        _compared = new(before, ImportedRelease.Load(now));
        var codes = before.System.All.Select(concept => (Code: System.Text.Encoding.UTF8.GetString(before.System.Code(concept)), IsHeader: before.System.Flags(concept).HasFlag(ConceptFlags.Abstract))).ToLookup(code => code.IsHeader, code => code.Code);
        (_billable, _headers) = ([.. codes[false]], [.. codes[true]]);
        _addenda = Read(now);
    }

    public void Dispose() => _compared?.Dispose();

    [Test]
    public void Report_EveryCodeForData_TouchesExactlyWhatTheAddendaDeleteOrRevise()
    {
        var report = _compared.Report(_billable);
        Assert.That((report.Rows, report.Touched), Is.EqualTo((71_704, 194)));
        Assert.That(report.List.Select(row => row.Key), Is.EquivalentTo(_addenda.Deleted.Union(_addenda.Revised).Intersect(_billable)));
        Assert.That(_addenda.Deleted.Count, Is.EqualTo(51));
        Assert.That(Of(report, ImpactClass.Gone), Is.EquivalentTo(_addenda.Deleted.Except(_addenda.AddedAsHeader)).And.Exactly(3).Items, "deleted for good");
        Assert.That(Of(report, ImpactClass.BecameHeader), Is.EquivalentTo(_addenda.Deleted.Intersect(_addenda.AddedAsHeader)).And.Exactly(48).Items, "deleted as codes for data, added as headings above more exact ones");
        // F53 is among the headings and has another title as a heading; the addenda do not list that as a revision.
        Assert.That(Of(report, ImpactClass.MeaningChanged).Concat(Of(report, ImpactClass.Renamed)).Except(["F53"]), Is.EquivalentTo(_addenda.Revised.Intersect(_billable)).And.Exactly(143).Items);
        Assert.That(report.Classes.Keys, Is.SubsetOf(new[] { ImpactClass.Gone, ImpactClass.BecameHeader, ImpactClass.MeaningChanged, ImpactClass.Renamed }));
    }

    [Test]
    public void Report_EveryHeading_IsRevisedOrHasNewCodesBelow()
    {
        var report = _compared.Report(_headers);
        string[] changed = [.. Of(report, ImpactClass.MeaningChanged), .. Of(report, ImpactClass.Renamed)];
        Assert.That(changed, Is.EquivalentTo(_addenda.Revised.Intersect(_headers)).And.Exactly(29).Items);
        var above = _addenda.Added.Except(_addenda.Deleted).Select(code => Enumerable.Range(3, Math.Max(0, code.Length - 3)).Reverse().Select(length => code[..length].TrimEnd('.')).FirstOrDefault(prefix => _headers.Contains(prefix) || _addenda.Added.Contains(prefix)));
        Assert.That(Of(report, ImpactClass.NarrowerCodes), Is.EquivalentTo(above.Distinct().Intersect(_headers)).And.Exactly(39).Items, "headings below which the addenda add codes");
        Assert.That(report.Touched, Is.EqualTo(changed.Union(Of(report, ImpactClass.NarrowerCodes)).Count()));
    }

    [Test]
    public void Report_NewHeadings_OfferTheCodesBelow_AndDeletedOnesWhatWasAddedBeside()
    {
        Assert.That(_compared.Repairs("C43.11"), Is.EqualTo(new[] { "narrower C43.111 SourceIsBroaderThanTarget?", "narrower C43.112 SourceIsBroaderThanTarget?" }));
        Assert.That(_compared.Repairs("T81.4XXA").Take(3), Is.EqualTo(new[] { "added-beside T81.40XA RelatedTo?", "added-beside T81.41XA RelatedTo?", "added-beside T81.42XA RelatedTo?" }), "those of the same encounter first");
    }

    private static IEnumerable<string> Of(ImpactReport report, ImpactClass impact) => report.List.Where(row => row.Codes[0].Classes.Contains(impact)).Select(row => row.Key);

    /// <summary>The file by its columns, apart from the loader: what is done, 13 billable, 15–21 code.</summary>
    private static Addenda Read(string archive)
    {
        var addenda = new Addenda([], [], [], []);
        using var zip = ZipFile.OpenRead(archive);
        using var lines = new StreamReader(zip.Entries.Single(entry => entry.Name == "icd10cm_order_addenda_2019.txt").Open());
        while (lines.ReadLine() is { } line)
        {
            if (line.Length < 23 || line[14] != ' ') continue;
            var code = line[15..22].Trim();
            var dotted = code.Length > 3 ? $"{code[..3]}.{code[3..]}" : code;
            switch (line[..13].TrimEnd(' ', ':'))
            {
                case "Delete": addenda.Deleted.Add(dotted); break;
                case "Revise from": addenda.Revised.Add(dotted); break;
                case "Add":
                    addenda.Added.Add(dotted);
                    if (line[13] == '0') addenda.AddedAsHeader.Add(dotted);
                    break;
            }
        }
        return addenda;
    }
}
