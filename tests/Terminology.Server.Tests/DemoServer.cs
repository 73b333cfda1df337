using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Terminology.Loaders;
using Terminology.Server.Hosting;
using Terminology.Server.Import;
using Terminology.Server.Verbs;
using Terminology.Store.Data;

namespace Terminology.Server;

/// <summary>The demo content of the repository, imported as <c>./dev run</c> does, served by Kestrel for all tests of this project.</summary>
[SetUpFixture]
public sealed class DemoServer
{
    private static WebApplication? s_app;
    private static string s_folder = "";

    public static HttpClient Client { get; private set; } = null!;

    /// <summary>Where the server is, without the path.</summary>
    public static string Address => s_app!.Urls.First();

    /// <summary>Where the data of the server is.</summary>
    public static string Data => s_folder;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        s_folder = Directory.CreateTempSubdirectory("terminology-demo").FullName;
        var folder = DataFolder.Open(s_folder, TimeProvider.System);
        var importer = new Importer(folder, new ImportConsole(TextWriter.Null, TestContext.Error));
        Assert.That(importer.Import([Path.Combine(Repository.Root, "terminologies"), Path.Combine(Repository.Root, "mappings")], new ImportOptions(), CancellationToken.None));
        BuiltIns.Ensure(folder);
        s_app = ServeVerb.Build(folder, new ServeOptions { Urls = "http://127.0.0.1:0", MaxBody = 1 << 20 });
        await s_app.StartAsync();
        Client = new HttpClient { BaseAddress = new($"{Address}/fhir/") };
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        Client?.Dispose();
        if (s_app is not null)
        {
            await s_app.StopAsync();
            await s_app.DisposeAsync();
        }
        Directory.Delete(s_folder, recursive: true);
    }

    /// <summary>Asks with GET.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Sends a body.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string path, string body, string type = "application/fhir+json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>All text of an answer that a person would look for.</summary>
    public static string Text(JsonElement json) => json.GetRawText();

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
