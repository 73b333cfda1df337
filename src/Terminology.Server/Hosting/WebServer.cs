using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.HttpOverrides;
using Terminology.Issues;
using Terminology.Journal;
using Terminology.Server.Access;
using Terminology.Server.Api;
using Terminology.Server.Bulk;
using Terminology.Server.FhirApi;
using Terminology.Server.Limits;
using Terminology.Server.MapApi;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;
using Terminology.Store.Data;

namespace Terminology.Server.Hosting;

/// <summary>Puts the web application together.</summary>
internal static class WebServer
{
    private const int LongestRequestLine = 16 << 10, WaitingForEach = 4, ElsewhereRate = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Draining = TimeSpan.FromSeconds(35);

    /// <summary>The application, not started yet.</summary>
    public static WebApplication Build(DataFolder folder, ServeOptions options)
    {
        var opening = Task.Run(() => MapJournal.Open(folder.Path, folder.Clock)); // beside what follows, which takes as long
        try
        {
            return Build(folder, options, opening);
        }
        catch
        {
            CloseAsync(opening).GetAwaiter().GetResult();
            throw;
        }
    }

    private static async Task CloseAsync(Task<LiteJournal> opening)
    {
        try
        {
            (await opening).Dispose();
        }
        catch (Exception problem) when (problem is TerminologyException or IOException or UnauthorizedAccessException)
        {
            // whoever builds is told why
        }
    }

    private static WebApplication Build(DataFolder folder, ServeOptions options, Task<LiteJournal> opening)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var certificate = LoadCertificate(options);
        Listen(builder.WebHost, options, certificate);
        // Request lines carry codes of patients: the framework's own request log stays off.
        // That of hosting would begin an activity for each, for nobody to see.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None).AddSimpleConsole(console => console.SingleLine = true);
        if (options.IsQuiet) builder.Logging.SetMinimumLevel(LogLevel.Error);
        if (options.LogRequests) builder.Logging.AddFilter(typeof(RequestLog).FullName, LogLevel.Debug);
        AddServices(builder.Services, folder, options, opening);
        var app = builder.Build();
        _ = Task.Run(() => app.Services.GetRequiredService<MapBook>()); // the same: whoever needs it waits for it
        Use(app, options);
        Map(app, folder);
        ShowWhileRunning(app, folder, certificate);
        return app;
    }

    private static void Listen(ConfigureWebHostBuilder host, ServeOptions options, X509Certificate2? certificate)
    {
        host.UseUrls(options.Urls);
        if (certificate is not null) host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            options.Limit(kestrel.Limits);
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            if (certificate is not null) kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
        });
    }

    private static X509Certificate2? LoadCertificate(ServeOptions options) => options.Certificate switch
    {
        null => null,
        var file when Path.GetExtension(file) is ".pfx" or ".p12" => X509CertificateLoader.LoadPkcs12FromFile(file, Environment.GetEnvironmentVariable("TERMINOLOGY_CERTIFICATE_PASSWORD")),
        var file => X509Certificate2.CreateFromPemFile(file, options.CertificateKey),
    };

    private static void AddServices(IServiceCollection services, DataFolder folder, ServeOptions options, Task<LiteJournal> opening)
    {
        services.AddSingleton(folder);
        services.AddSingleton(options);
        services.AddSingleton(folder.Clock);
        services.AddSingleton<IJournal>(_ => opening.GetAwaiter().GetResult());
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<People>();
        services.AddSingleton(new MapAnchors(folder.Path));
        services.AddSingleton<MapSnapshots>(provider => new(folder.Path, provider.GetRequiredService<ILogger<MapSnapshots>>()));
        services.AddSingleton<MapBook>();
        services.AddSingleton<ReleasedMaps>();
        services.AddSingleton<MapQuality>();
        services.AddSingleton<MapWork>();
        services.AddHostedService<ScheduledReleases>();
        services.AddSingleton<MapLists>();
        services.AddSingleton<MapExchange>();
        services.AddSingleton<Impact.MapImpact>();
        services.AddSingleton<OwnerSecret>();
        services.AddSingleton<AccessGate>();
        services.AddSingleton<StoredResources>();
        services.AddSingleton<PastWorlds>();
        services.AddSingleton<LiveService>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveService>());
        services.AddSingleton<KeptClosureTables>();
        services.AddSingleton<ResourceReads>();
        services.AddSingleton<ResourceWrites>();
        services.AddSingleton<RequestLog>();
        var atOnce = options.Costly > 0 ? options.Costly : 2 * Environment.ProcessorCount;
        services.AddSingleton(_ => new HeavyWork(atOnce, atOnce * WaitingForEach, Patience));
        services.AddSingleton(_ => new BodyPace(TimeProvider.System));
        services.AddSingleton<FhirPipeline>();
        services.AddSingleton<Pages.Pages>();
        services.AddTelemetry();
        services.AddApiDocument();
        services.AddCors();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Draining);
    }

    /// <summary>What every request goes through, in order.</summary>
    private static void Use(WebApplication app, ServeOptions options)
    {
        if (options.Proxies.Count > 0) app.UseForwardedHeaders(Forwarded(options.Proxies));
        app.Use(next => context => RequestIds.InvokeAsync(context, next));
        app.UseRouting();
        if (options.Cors.Count > 0)
        {
            app.UseCors(cors => cors.WithOrigins([.. options.Cors]).WithMethods("GET", "POST", "PUT", "DELETE").AllowAnyHeader().WithExposedHeaders("ETag", "Location", "Last-Modified", "X-Request-Id", "Retry-After"));
        }
        var gate = app.Services.GetRequiredService<AccessGate>();
        app.Use(next => context => gate.InvokeAsync(context, next));
        UseRate(app, options);
        var pages = app.Services.GetRequiredService<Pages.Pages>();
        app.Use(next => context => pages.InvokeAsync(context, next));
    }

    private static void UseRate(WebApplication app, ServeOptions options)
    {
        var rate = options.Rate ?? (options.IsLoopback ? 0 : ElsewhereRate);
        if (rate <= 0) return;
        var limit = new ClientRate(rate);
        app.Lifetime.ApplicationStopped.Register(limit.Dispose);
        app.Use(next => context => limit.InvokeAsync(context, next));
    }

    private static ForwardedHeadersOptions Forwarded(IEnumerable<string> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownProxies.Add(IPAddress.Parse(proxy));
        return options;
    }

    private static void Map(WebApplication app, DataFolder folder)
    {
        app.MapFhir(app.Services.GetRequiredService<FhirPipeline>());
        var api = app.MapGroup("/api");
        api.MapKeys(app.Services.GetRequiredService<ApiKeys>());
        api.MapBackup(folder, app.Services.GetRequiredService<IJournal>());
        api.MapUsers(app.Services.GetRequiredService<People>());
        var work = app.Services.GetRequiredService<MapWork>();
        work.ServeAll();
        api.MapMaps(work, app.Services.GetRequiredService<MapLists>(), app.Services.GetRequiredService<MapExchange>(), app.Services.GetRequiredService<MapBook>(), app.Services.GetRequiredService<ReleasedMaps>(), app.Services.GetRequiredService<MapQuality>());
        api.MapBulk(app.Services.GetRequiredService<LiveService>(), app.Services.GetRequiredService<HeavyWork>());
        app.MapApiDocument();
        app.MapTelemetry();
        var open = new Needs(Scope.None);
        app.MapGet("/health/live", () => Results.Text("live")).WithMetadata(open);
        app.MapGet("/health/ready", (LiveService live) => Results.Text($"ready: {live.Current.Releases.Count} releases")).WithMetadata(open);
    }

    /// <summary>Lets the verbs of this machine find the server.</summary>
    private static void ShowWhileRunning(WebApplication app, DataFolder folder, X509Certificate2? certificate)
    {
        var secret = app.Services.GetRequiredService<OwnerSecret>();
        app.Lifetime.ApplicationStarted.Register(() => ServerFile.Write(folder.Path, app.Urls, secret, certificate?.GetCertHashString(HashAlgorithmName.SHA256)));
        app.Lifetime.ApplicationStopping.Register(() => ServerFile.Remove(folder.Path));
    }
}
