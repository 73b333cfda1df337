using System.CommandLine;
using Terminology.Issues;
using Terminology.Server.Access;
using Terminology.Server.Hosting;
using Terminology.Server.Import;
using Terminology.Store.Data;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology serve</c>: the FHIR API over a data folder.</summary>
internal static class ServeVerb
{
    private static readonly ServeOptions Defaults = new();
    private static readonly Option<string> Urls = new("--urls") { Description = "Where to listen; loopback unless told otherwise.", DefaultValueFactory = _ => Defaults.Urls };
    private static readonly Option<int> Deadline = new("--deadline") { Description = "Seconds that one request may take.", DefaultValueFactory = _ => (int)Defaults.Deadline.TotalSeconds };
    private static readonly Option<long> MaxBody = new("--max-body") { Description = "Largest request body in bytes.", DefaultValueFactory = _ => Defaults.MaxBody };
    private static readonly Option<bool> ReadKey = new("--read-key") { Description = "Reading needs a key with the scope read." };
    private static readonly Option<bool> ReadOnly = new("--read-only") { Description = "Nobody writes." };
    private static readonly Option<bool> OpenWrites = new("--open-writes-to-anyone") { Description = "Whoever reaches the server can change and delete what is stored." };
    private static readonly Option<string[]> Hosts = new("--host") { Description = "A further name of this server in the header Host, while writing is open to this machine." };

    private static readonly Option<int> Costly = new("--costly") { Description = "Requests taking longer than a moment that run at once. Default: two for each core." };
    private static readonly Option<int> KeptAnswers = new("--kept-answers") { Description = "MB of answers that are kept to be sent again, 0 for none.", DefaultValueFactory = _ => (int)(Defaults.KeptAnswers >> 20) };
    private static readonly Option<int?> Rate = new("--rate") { Description = "Requests per second of one client, 0 for no limit. Default: none on loopback, 1000 elsewhere." };
    private static readonly Option<string[]> Cors = new("--cors") { Description = "Origin whose pages may use the server from a browser, for example https://forms.hospital.example." };
    private static readonly Option<string[]> Proxies = new("--proxy") { Description = "Address of a proxy whose X-Forwarded headers are believed." };
    private static readonly Option<string?> Certificate = new("--certificate") { Description = "TLS certificate with its chain, PEM or PKCS #12 (password in TERMINOLOGY_CERTIFICATE_PASSWORD)." };
    private static readonly Option<string?> CertificateKey = new("--certificate-key") { Description = "Private key of the certificate, PEM." };
    private static readonly Option<bool> LogRequests = new("--log-requests") { Description = "A line for every request, not only for failed and slow ones. Codes are never in it." };

    public static Command Command()
    {
        var command = CommandLine.Verb("serve", "Serves the loaded releases as FHIR R4 at /fhir.", "terminology serve --urls http://localhost:5080");
        foreach (var option in new Option[] { Urls, Deadline, MaxBody, ReadKey, ReadOnly, OpenWrites, Hosts, Costly, KeptAnswers, Rate, Cors, Proxies, Certificate, CertificateKey, LogRequests }) command.Options.Add(option);
        command.SetAction(ServeAsync);
        return command;
    }

    /// <summary>The web application, not started yet; tests build it too.</summary>
    public static WebApplication Build(DataFolder folder, ServeOptions options) => WebServer.Build(folder, options);

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancel)
    {
        var folder = DataFolder.Open(parsed.GetValue(CommandLine.Data)!, TimeProvider.System);
        BuiltIns.Ensure(folder);
        await using var app = Build(folder, Read(parsed));
        var options = app.Services.GetRequiredService<ServeOptions>();
        RefuseUnprotected(options.Urls.Split(';'), app);
        await app.StartAsync(cancel);
        RefuseUnprotected(app.Urls, app); // a configuration file may name other addresses
        foreach (var address in app.Urls) Console.WriteLine($"Serving FHIR on {address}/fhir");
        await app.WaitForShutdownAsync(cancel);
        return CommandLine.Done;
    }

    private static ServeOptions Read(ParseResult parsed) => new()
    {
        Urls = parsed.GetValue(Urls)!,
        Deadline = TimeSpan.FromSeconds(parsed.GetValue(Deadline)),
        MaxBody = parsed.GetValue(MaxBody),
        ReadKey = parsed.GetValue(ReadKey),
        ReadOnly = parsed.GetValue(ReadOnly),
        OpenWrites = parsed.GetValue(OpenWrites),
        HostNames = parsed.GetValue(Hosts) ?? [],
        Costly = parsed.GetValue(Costly),
        KeptAnswers = (long)parsed.GetValue(KeptAnswers) << 20,
        Rate = parsed.GetValue(Rate),
        Cors = parsed.GetValue(Cors) ?? [],
        Proxies = parsed.GetValue(Proxies) ?? [],
        Certificate = parsed.GetValue(Certificate),
        CertificateKey = parsed.GetValue(CertificateKey),
        LogRequests = parsed.GetValue(LogRequests),
    };

    /// <exception cref="TerminologyException">Others can reach what they could change without a key.</exception>
    private static void RefuseUnprotected(IEnumerable<string> urls, WebApplication app)
    {
        var options = app.Services.GetRequiredService<ServeOptions>();
        if (options.ReadOnly || options.OpenWrites || urls.All(ServeOptions.IsLoopbackUrl) || app.Services.GetRequiredService<ApiKeys>().AnyValid) return;
        throw new TerminologyException(IssueType.Forbidden, "WRONG_USAGE", AccessMessages.Unprotected(string.Join(", ", urls)));
    }
}
