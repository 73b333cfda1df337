using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Terminology.Journal;
using Terminology.Server.Hosting;
using Terminology.Server.Verbs;
using Terminology.Store.Data;

namespace Terminology.Server.Access;

/// <summary>Who may write where: on loopback before and after the first key, read-only, in batches; and whose name is recorded.</summary>
public sealed class AccessTests : IAsyncDisposable
{
    private const string System1 = """{"resourceType":"CodeSystem","id":"mine","url":"http://example.org/fhir/CodeSystem/mine","status":"active","content":"complete","concept":[{"code":"a"}]}""";
    private string _folder = "";
    private WebApplication? _app;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("terminology-access").FullName;

    [TearDown]
    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        _app = null;
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Loopback_NoKey_IsOpenToThisMachineAlone()
    {
        var app = await StartAsync(new());
        Assert.That(await PutAsync(app), Is.EqualTo(HttpStatusCode.Created));
        foreach (var host in new[] { "evil.example", "evil.example:80", "localhost.evil.example" })
        {
            Assert.That(await PutAsync(app, headers => headers.Host = host), Is.EqualTo(HttpStatusCode.Forbidden), host);
            Assert.That(await PutAsync(app, headers => headers.Host = host, HttpMethod.Get), Is.EqualTo(HttpStatusCode.Forbidden), host);
        }
        foreach (var host in new[] { "localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:5080" })
        {
            Assert.That(await PutAsync(app, headers => headers.Host = host), Is.EqualTo(HttpStatusCode.OK), host);
        }
        Assert.That(await PutAsync(app, headers => headers.Add("Origin", "https://evil.example")), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PutAsync(app, headers => headers.Add("X-Forwarded-For", "192.0.2.1")), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PutAsync(app, headers => headers.Add("Origin", app.Urls.First())), Is.EqualTo(HttpStatusCode.OK), "its own pages");
        Assert.That(await PutAsync(app, headers => headers.Add("Origin", "https://evil.example"), HttpMethod.Get), Is.EqualTo(HttpStatusCode.OK), "reading");
    }

    [Test]
    public async Task Loopback_FromTheFirstKeyOn_WritesNeedOne()
    {
        var app = await StartAsync(new());
        var keys = app.Services.GetRequiredService<ApiKeys>();
        var key = await keys.CreateAsync(new("interface", ["write"], null), "test");
        Assert.That(await PutAsync(app), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await PutAsync(app, headers => headers.Authorization = new("Bearer", key.Key)), Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await PutAsync(app, method: HttpMethod.Get), Is.EqualTo(HttpStatusCode.OK), "reading stays open");
        await keys.RevokeAsync("interface", "test");
        Assert.That(await PutAsync(app, headers => headers.Authorization = new("Bearer", key.Key)), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await PutAsync(app), Is.EqualTo(HttpStatusCode.Unauthorized), "the last key revoked opens nothing");
    }

    [Test]
    public async Task Key_InTheQuery_IsNoKey()
    {
        var app = await StartAsync(new());
        var key = await app.Services.GetRequiredService<ApiKeys>().CreateAsync(new("interface", ["write"], null), "test");
        foreach (var name in new[] { "key", "api_key", "access_token", "Authorization" })
        {
            Assert.That(await PutAsync(app, path: $"/fhir/CodeSystem/mine?{name}={key.Key}"), Is.EqualTo(HttpStatusCode.Unauthorized), name);
        }
    }

    [Test]
    public async Task ReadOnly_EvenWithAKey_WritesNothing()
    {
        var app = await StartAsync(new() { ReadOnly = true });
        var key = await app.Services.GetRequiredService<ApiKeys>().CreateAsync(new("interface", ["write"], null), "test");
        Assert.That(await PutAsync(app, headers => headers.Authorization = new("Bearer", key.Key)), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task ReadOnly_MapsAreReadAndNotWorkedOn()
    {
        var app = await StartAsync(new() { ReadOnly = true });
        var people = app.Services.GetRequiredService<People>();
        await people.PutAsync(new("sue", new Dictionary<string, string[]> { ["lab"] = ["steward"] }), "test");
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await people.IssueAsync("sue", null, "test")).Token);
        using var read = await client.GetAsync(new Uri(app.Urls.First() + "/api/maps"));
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var written = await client.PostAsync(new Uri(app.Urls.First() + "/api/maps"), content);
        Assert.That((read.StatusCode, written.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden)));
    }

    [TestCase("batch")]
    [TestCase("transaction")]
    public async Task Bundle_EntriesThatWrite_NeedTheScope(string type)
    {
        var app = await StartAsync(new());
        var keys = app.Services.GetRequiredService<ApiKeys>();
        var (reader, writer) = (await keys.CreateAsync(new("reader", ["read"], null), "test"), await keys.CreateAsync(new("writer", ["write"], null), "test"));
        var bundle = $$$"""{"resourceType":"Bundle","type":"{{{type}}}","entry":[{"request":{"method":"PUT","url":"CodeSystem/mine"},"resource":{{{System1}}}}]}""";
        foreach (var (key, status) in new[] { (null, "401"), (reader.Key, "403"), (writer.Key, "201") })
        {
            using var client = new HttpClient();
            if (key is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            using var content = new StringContent(bundle, Encoding.UTF8, "application/fhir+json");
            using var response = await client.PostAsync(new Uri(app.Urls.First() + "/fhir"), content);
            var text = await response.Content.ReadAsStringAsync();
            Assert.That(type == "batch" || status == "201" ? text : $"\"status\":\"{(int)response.StatusCode}", Does.Contain($"\"status\":\"{status}"), text);
        }
        using var closure = new StringContent($$$"""{"resourceType":"Bundle","type":"{{{type}}}","entry":[{"request":{"method":"POST","url":"$closure"},"resource":{"resourceType":"Parameters","parameter":[{"name":"name","valueString":"t"}]}}]}""", Encoding.UTF8, "application/fhir+json");
        using var asked = await new HttpClient().PostAsync(new Uri(app.Urls.First() + "/fhir"), closure);
        Assert.That(app.Services.GetRequiredService<KeptClosureTables>().Find("t"), Is.Null, await asked.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Write_WithAKey_RecordsItsName()
    {
        var app = await StartAsync(new());
        var key = await app.Services.GetRequiredService<ApiKeys>().CreateAsync(new("lab-interface", ["write"], null), "test");
        await PutAsync(app, headers => headers.Authorization = new("Bearer", key.Key));
        var journal = app.Services.GetRequiredService<IJournal>();
        Assert.That(journal.Current.Find("CodeSystem", "mine")!.Author, Is.EqualTo("lab-interface"));
        Assert.That(Encoding.UTF8.GetString(journal.Current.Find("ApiKey", "lab-interface")!.Body.Span), Does.Not.Contain(key.Key![3..]));
    }

    [TestCase("""{"name":"a b","scopes":["read"]}""", 400)]
    [TestCase("""{"name":"a","scopes":["root"]}""", 400)]
    [TestCase("""{"name":"a","scopes":[]}""", 400)]
    [TestCase("""{"name":"a"}""", 400)]
    [TestCase("""{"name":"a","scopes":["read"],"expires":"2001-01-01"}""", 400)]
    [TestCase("[", 400)]
    [TestCase("""{"name":"a","scopes":["read","write"],"expires":"2901-01-01"}""", 201)]
    public async Task KeysApi_Create_SaysWhatIsWrong(string body, int status)
    {
        var app = await StartAsync(new());
        using var client = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(app.Urls.First() + "/api/keys"), content);
        Assert.That((int)response.StatusCode, Is.EqualTo(status), await response.Content.ReadAsStringAsync());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task<WebApplication> StartAsync(ServeOptions options)
    {
        _app = ServeVerb.Build(DataFolder.Open(_folder, TimeProvider.System), options with { Urls = "http://127.0.0.1:0" });
        await _app.StartAsync();
        return _app;
    }

    private static async Task<HttpStatusCode> PutAsync(WebApplication app, Action<HttpRequestHeaders>? headers = null, HttpMethod? method = null, string path = "/fhir/CodeSystem/mine")
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Put, app.Urls.First() + path);
        if (method is null) request.Content = new StringContent(System1, Encoding.UTF8, "application/fhir+json");
        headers?.Invoke(request.Headers);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
