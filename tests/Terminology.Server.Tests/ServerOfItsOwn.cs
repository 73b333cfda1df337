using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Terminology.Server.Hosting;
using Terminology.Server.Verbs;
using Terminology.Store.Data;

namespace Terminology.Server;

/// <summary>A server in this process over an empty data folder of its own.</summary>
internal sealed class ServerOfItsOwn : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _app;

    private ServerOfItsOwn(string folder, WebApplication app) => (_folder, _app, Client) = (folder, app, new() { BaseAddress = new(app.Urls.First()) });

    public HttpClient Client { get; }

    public string Data => _folder;

    public static async Task<ServerOfItsOwn> StartAsync(ServeOptions? options = null, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("terminology-own").FullName;
        var app = ServeVerb.Build(DataFolder.Open(folder, clock ?? TimeProvider.System), (options ?? new()) with { Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        return new(folder, app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Stores a code system with these codes.</summary>
    public async Task StoreAsync(string id, params string[] codes)
    {
        var concepts = string.Join(',', codes.Select(code => $$"""{"code":"{{code}}","display":"Display of {{code}}"}"""));
        using var content = Json($$"""{"resourceType":"CodeSystem","id":"{{id}}","url":"http://example.org/fhir/CodeSystem/{{id}}","status":"active","content":"complete","concept":[{{concepts}}]}""");
        using var response = await Client.PutAsync(new Uri($"fhir/CodeSystem/{id}", UriKind.Relative), content);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/fhir+json");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
