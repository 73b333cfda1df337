using System.CommandLine;
using Terminology.Closure;
using Terminology.Journal;
using Terminology.Server.FhirApi;
using Terminology.Server.Hosting;
using Terminology.Server.Import;
using Terminology.Server.Pages;
using Terminology.Store.Data;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology serve</c>: the FHIR API over a data folder.</summary>
internal static class ServeVerb
{
    public static Command Command()
    {
        var defaults = new ServeOptions();
        var urls = new Option<string>("--urls") { Description = "Where to listen; loopback unless told otherwise.", DefaultValueFactory = _ => defaults.Urls };
        var deadline = new Option<int>("--deadline") { Description = "Seconds that one request may take.", DefaultValueFactory = _ => (int)defaults.Deadline.TotalSeconds };
        var maxBody = new Option<long>("--max-body") { Description = "Largest request body in bytes.", DefaultValueFactory = _ => defaults.MaxBody };
        var command = CommandLine.Verb("serve", "Serves the loaded releases as FHIR R4 at /fhir.", "terminology serve --urls http://localhost:5080");
        foreach (var option in new Option[] { urls, deadline, maxBody }) command.Options.Add(option);
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new ServeOptions
            {
                Urls = parsed.GetValue(urls)!,
                Deadline = TimeSpan.FromSeconds(parsed.GetValue(deadline)),
                MaxBody = parsed.GetValue(maxBody),
            };
            var folder = DataFolder.Open(parsed.GetValue(CommandLine.Data)!, TimeProvider.System);
            BuiltIns.Ensure(folder);
            await using var app = Build(folder, options);
            await app.StartAsync(cancel);
            foreach (var address in app.Urls) Console.WriteLine($"Serving FHIR on {address}/fhir");
            await app.WaitForShutdownAsync(cancel);
            return CommandLine.Done;
        });
        return command;
    }

    /// <summary>The web application, not started yet; tests build it too.</summary>
    public static WebApplication Build(DataFolder folder, ServeOptions options)
    {
        // Long work holds its thread. The pool adds one in half a second, for which all others would wait.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 16 * Environment.ProcessorCount), ports);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            options.Limit(kestrel.Limits);
        });
        // Request lines carry codes of patients: the framework's own request log stays off.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<IJournal>(_ => LiteJournal.Open(Path.Combine(folder.Path, "journal"), TimeProvider.System, DataFolder.SyncFolder));
        builder.Services.AddSingleton<StoredResources>();
        builder.Services.AddSingleton<PastWorlds>();
        builder.Services.AddSingleton<LiveService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveService>());
        builder.Services.AddSingleton<IClosureTables, KeptClosureTables>();
        builder.Services.AddSingleton<ResourceReads>();
        builder.Services.AddSingleton<ResourceWrites>();
        builder.Services.AddSingleton<FhirPipeline>();
        var app = builder.Build();
        app.UsePages();
        app.MapFhir(app.Services.GetRequiredService<FhirPipeline>());
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", (LiveService live) => Results.Text($"ready: {live.Current.Releases.Count} releases"));
        return app;
    }
}
