using System.Diagnostics.Metrics;
using System.Net;
using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

public sealed class KeptAnswersTests
{
    private const string Lookup = "fhir/CodeSystem/$lookup?system=http://example.org/fhir/CodeSystem/kept&code=";
    private const long Most = 1 << 20;

    [Test]
    public async Task Get_AskedTwice_IsTheSameToTheLastHeader([Values(Lookup + "a", Lookup + "none", Lookup + "a&_format=xml")] string path, [Values(null, "application/fhir+xml")] string? accept, [Values(null, "de, en;q=0.5")] string? language)
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        await server.StoreAsync("kept", "a", "b");
        (string, string)[] headers = [.. accept is null ? [] : new[] { ("Accept", accept) }, .. language is null ? [] : new[] { ("Accept-Language", language) }];
        using var first = await server.GetAsync(path, headers);
        using var second = await server.GetAsync(path, headers);
        Assert.Multiple(async () =>
        {
            Assert.That(Kept(server, new("/" + path, "", null, accept, language)), Is.Not.Null, "the second is from the first");
            Assert.That(second.StatusCode, Is.EqualTo(first.StatusCode));
            Assert.That(await second.Content.ReadAsByteArrayAsync(), Is.EqualTo(await first.Content.ReadAsByteArrayAsync()));
            Assert.That(second.Content.Headers.ToString(), Is.EqualTo(first.Content.Headers.ToString()));
            Assert.That(second.Headers.ETag, Is.EqualTo(first.Headers.ETag));
            Assert.That(second.Headers.Vary, Is.EqualTo(first.Headers.Vary));
        });
    }

    [Test]
    public async Task Get_InAnotherFormOrLanguage_IsAnotherAnswer()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        await server.StoreAsync("kept", "a");
        Assert.That((await server.Client.GetStringAsync(Uri(Lookup + "a")))[0], Is.EqualTo('{'));
        using var xml = await server.GetAsync(Lookup + "a", ("Accept", "application/fhir+xml"));
        Assert.That((await xml.Content.ReadAsStringAsync())[0], Is.EqualTo('<'));
        Assert.That((await server.Client.GetStringAsync(Uri(Lookup + "a")))[0], Is.EqualTo('{'));
    }

    [Test]
    public async Task Get_AfterAWrite_IsWorkedOutAnew()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        for (var round = 1; round < 20; round++)
        {
            await server.StoreAsync("kept", [.. Enumerable.Range(0, round).Select(code => $"c{code}")]);
            for (var again = 0; again < 2; again++)
            {
                using var last = await server.GetAsync(Lookup + $"c{round - 1}");
                using var next = await server.GetAsync(Lookup + $"c{round}");
                Assert.That(last.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            }
        }
    }

    [Test]
    public async Task Post_OfTheSamePath_IsAnsweredByItsBody()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        await server.StoreAsync("kept", "a", "b");
        foreach (var code in (string[])["a", "b", "a", "b"])
        {
            using var body = ServerOfItsOwn.Json($$"""{"resourceType":"Parameters","parameter":[{"name":"system","valueUri":"http://example.org/fhir/CodeSystem/kept"},{"name":"code","valueCode":"{{code}}"}]}""");
            using var answer = await server.Client.PostAsync(Uri("fhir/CodeSystem/$lookup"), body);
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"Display of {code}"));
            using var form = new FormUrlEncodedContent([new("system", "http://example.org/fhir/CodeSystem/kept"), new("code", code)]);
            using var answerToForm = await server.Client.PostAsync(Uri("fhir/CodeSystem/$lookup"), form);
            Assert.That(await answerToForm.Content.ReadAsStringAsync(), Does.Contain($"Display of {code}"));
        }
    }

    [Test]
    public async Task Translate_NotMapped_CountsEachTime()
    {
        await using var server = await ServerOfItsOwn.StartAsync();
        await server.StoreAsync("kept", "a");
        const string Map = "http://example.org/fhir/ConceptMap/kept-answers";
        using var stored = await server.Client.PutAsync(Uri("fhir/ConceptMap/kept-answers"), ServerOfItsOwn.Json($$"""{"resourceType":"ConceptMap","id":"kept-answers","url":"{{Map}}","status":"active","group":[{"source":"http://example.org/fhir/CodeSystem/kept","target":"http://loinc.org","element":[{"code":"b","target":[{"code":"2345-7","equivalence":"equivalent"}]}]}]}"""));
        Assert.That(stored.IsSuccessStatusCode);
        var unmapped = 0L;
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "terminology.unmapped" && tags.Length == 1 && (string?)tags[0].Value == Map) Interlocked.Add(ref unmapped, value);
        });
        listener.Start();
        for (var i = 0; i < 3; i++) await server.Client.GetStringAsync(Uri($"fhir/ConceptMap/$translate?url={Map}&system=http://example.org/fhir/CodeSystem/kept&code=a"));
        Assert.That(unmapped, Is.EqualTo(3));
    }

    [Test]
    public async Task Get_WhenNoneAreToBeKept_KeepsNone()
    {
        await using var server = await ServerOfItsOwn.StartAsync(new() { KeptAnswers = 0 });
        await server.StoreAsync("kept", "a");
        await server.Client.GetStringAsync(Uri(Lookup + "a"));
        Assert.That(Kept(server, Ask("/" + Lookup + "a")), Is.Null);
    }

    [Test]
    public void Keep_MoreThanThereIsRoomFor_KeepsWhatIsAskedAgain()
    {
        var answers = new KeptAnswers();
        for (var i = 0; i < 10_000; i++)
        {
            answers.Keep(Ask($"once {i}"), new(200, new byte[1000], null, null, null), Most);
            if (answers.Find(Ask("again"), Most) is null) answers.Keep(Ask("again"), new(200, [1], null, null, null), Most);
        }
        var kept = Enumerable.Range(0, 10_000).Count(i => answers.Find(Ask($"once {i}"), long.MaxValue) is not null);
        Assert.That(kept, Is.InRange(1, Most / 1000), "bytes are bounded");
        Assert.That(answers.Find(Ask("again"), Most), Is.Not.Null);
        Assert.That(answers.Find(Ask("once 9999"), Most), Is.Not.Null);
    }

    private static Question Ask(string target) => new(target, "", null, null, null);

    private static KeptAnswer? Kept(ServerOfItsOwn server, Question question) => server.Get<LiveService>().World.Answers.Find(question, Most);

    private static Uri Uri(string path) => new(path, UriKind.Relative);
}
