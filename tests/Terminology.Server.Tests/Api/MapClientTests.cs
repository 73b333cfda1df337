using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using Terminology.Loaders.Maps.Folders;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Rows;
using Terminology.Maps;
using Terminology.Server.MapApi;

namespace Terminology.Server.Api;

/// <summary>Maps as text through a server and back: what went in comes out to the byte.</summary>
public sealed class MapClientTests
{
    private static readonly string[] Bits = ["\"", "'", "=", "+1", "-", "@", "\t", "\n", "\r\n", ",", ";", "|", "\\", "a", "Ä", "漢", "🙂", "%2F", "/", "..", "?x=1&", "#", "0012", "<b>", "null"];

    private static readonly Gen<string> Text = Gen.Int[0, Bits.Length - 1].Array[1, 5].Select(bits => "x" + string.Concat(bits.Select(at => Bits[at])));

    private static readonly Gen<string?> Maybe = Gen.Select(Gen.Bool, Text, (isThere, text) => isThere ? text : null);

    private static readonly Gen<RowContent> Content = Gen.Select(Gen.Int[0, 3], Text, Maybe, Maybe, Gen.Int[0, 4], (kind, text, one, two, relationship) => kind switch
    {
        0 => RowContent.Empty,
        1 => new() { NoMap = new(text, one) { Request = two } },
        _ => new RowContent
        {
            Targets =
            [
                .. Enumerable.Range(1, kind - 1).Select(at => new RowTarget
                {
                    System = MapServer.Target, Code = $"{text}{at}", Display = one, Comment = two, Relationship = (MapRelationship)relationship, Priority = at, DependsOn = one is null ? [] : [new(text, two, text, one)],
                    Properties = two is null ? [] : [new(text, two)], EffectiveFrom = new(2026, 1, at), Confidence = 0.25 * at,
                }),
            ],
        },
    });

    private static readonly Gen<FolderRow[]> Rows = Gen.Select(Text, Maybe, Maybe, Content, (code, display, context, content) => new FolderRow(code, code, display, content) { Context = context is null ? [] : [new("unit", context), new(context, "2")] })
        .Array[0, 8].Select(rows => rows.DistinctBy(row => row.Key).ToArray());

    [Test]
    public async Task Export_OfWhatWasImported_IsTheSameBytes_AndImportingItAgainChangesNothing()
    {
        await using var map = await MapServer.StartAsync();
        using var http = new HttpClient { BaseAddress = map.Server.Client.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", map.Token("ada"));
        var (client, number) = (new MapClient(http), 0);
        await Rows.SampleAsync(
            async rows =>
            {
                var id = $"m{Interlocked.Increment(ref number)}";
                var folder = new MapFolder { Map = new MapProject { Id = id, Url = $"http://hospital.example/{id}", Title = id, SourceSystem = MapServer.Source, TargetSystems = [MapServer.Target], Domain = "lab", Steward = "sue" }, Rows = rows };
                await client.CreateAsync(folder.Map);
                var imported = await client.ImportAsync(id, rows);
                Assert.That((imported.Entered, imported.Refused.Count), Is.EqualTo((rows.Length, 0)));
                var exported = await client.ExportAsync(id, null);
                Assert.That(Lines(exported), Is.EqualTo(Lines(folder)));
                var again = await client.ImportAsync(id, MapFolder.Read(exported.Write()).Folder!.Rows);
                Assert.That((again.Unchanged, again.Drafted), Is.EqualTo((rows.Length, 0)));
            },
            iter: 60,
            threads: 1);
    }

    private static string Lines(MapFolder folder) => Encoding.UTF8.GetString(folder.Write()["rows.csv"]);
}
