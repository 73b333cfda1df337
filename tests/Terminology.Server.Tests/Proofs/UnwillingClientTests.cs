using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Terminology.Server.Hosting;
using Terminology.Server.Import;
using Terminology.Server.Verbs;
using Terminology.Store.Data;

namespace Terminology.Server.Proofs;

/// <summary>Clients that send or read a byte now and then, or go away, hold neither a connection, nor memory, nor a processor.</summary>
public sealed class UnwillingClientTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2), Bound = TimeSpan.FromSeconds(60);
    private string _folder = "";
    private WebApplication _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("terminology-unwilling").FullName;
        var folder = DataFolder.Open(_folder, TimeProvider.System);
        BuiltIns.Ensure(folder);
        _app = ServeVerb.Build(folder, new ServeOptions { Urls = "http://127.0.0.1:0", SlowGrace = Grace, HeadersTime = Grace });
        await _app.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Headers_ByteByByte_AreCutOff()
    {
        using var client = await ConnectAsync();
        await DripAsync(client, "GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + new string('a', 10_000));
    }

    [Test]
    public async Task Body_ByteByByte_IsCutOff()
    {
        using var client = await ConnectAsync();
        await client.GetStream().WriteAsync(Head("/fhir/CodeSystem/$lookup", 100_000));
        await DripAsync(client, new string(' ', 10_000));
    }

    [Test]
    public async Task Answer_NotRead_IsGivenUp()
    {
        var body = Encoding.ASCII.GetBytes($$"""{"resourceType":"Parameters","parameter":[{"name":"url","valueUri":"http://hl7.org/fhir/administrative-gender"},{"name":"code","valueCode":"male"},{"name":"display","valueString":"{{new string('x', 20_000_000)}}"}]}""");
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Head("/fhir/CodeSystem/$validate-code", body.Length));
        await stream.WriteAsync(body);
        await stream.ReadExactlyAsync(new byte[1]); // the answer has begun
        await Task.Delay(Grace * 4);
        var (read, buffer) = (1L, new byte[1 << 16]);
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count) read += count;
        }
        catch (IOException)
        {
        }
        Assert.That(read, Is.LessThan(2 * body.Length), "everything was kept for a client that did not read");
    }

    [Test]
    public async Task Expansion_ClientGone_Stops()
    {
        using var program = new TerminologyProgram();
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await TerminologyProgram.AddressOf(server);
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            using var content = new StringContent(Long(), Encoding.UTF8, "application/fhir+json");
            using var gone = new CancellationTokenSource();
            var asking = client.PostAsync(new Uri($"{address}/ValueSet/$expand"), content, gone.Token);
            var working = await ProcessorTimeAsync(server, TimeSpan.FromSeconds(6));
            Assert.That(asking.IsCompleted, Is.False, "too short to give up");
            await gone.CancelAsync();
            await asking.ContinueWith(_ => { }, TaskScheduler.Default);
            await Task.Delay(1500);
            var after = await ProcessorTimeAsync(server, TimeSpan.FromSeconds(3));
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time: {working.TotalSeconds:N1} s in 6 s before, {after.TotalSeconds:N2} s in 3 s after the client left"));
            Assert.That(after, Is.LessThan(TimeSpan.FromSeconds(1)));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<TimeSpan> ProcessorTimeAsync(Process server, TimeSpan during)
    {
        server.Refresh();
        var before = server.TotalProcessorTime;
        await Task.Delay(during);
        server.Refresh();
        return server.TotalProcessorTime - before;
    }

    /// <summary>An expansion that takes as long as it may: many patterns over many codes.</summary>
    private static string Long()
    {
        var concepts = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $$"""{"code":"c{{i}}"}"""));
        var includes = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $$$"""{"system":"http://x/cs","filter":[{"property":"code","op":"regex","value":"(c|[0-9])*x{{{i}}}"}]}"""));
        return $$$$"""{"resourceType":"Parameters","parameter":[{"name":"tx-resource","resource":{"resourceType":"CodeSystem","url":"http://x/cs","status":"active","content":"complete","concept":[{{{{concepts}}}}]}},{"name":"valueSet","resource":{"resourceType":"ValueSet","status":"active","compose":{"include":[{{{{includes}}}}]}}}]}""";
    }

    private static byte[] Head(string path, int length)
        => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\nContent-Length: {length}\r\n\r\n"));

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync("127.0.0.1", new Uri(_app.Urls.First()).Port);
        return client;
    }

    /// <summary>Sends a byte now and then until the server answers or hangs up.</summary>
    private static async Task DripAsync(TcpClient client, string text)
    {
        var watch = Stopwatch.StartNew();
        foreach (var character in text)
        {
            if (client.Client.Poll(0, SelectMode.SelectRead)) return;
            Assert.That(watch.Elapsed, Is.LessThan(Bound), "the server waits for ever");
            await client.GetStream().WriteAsync(new[] { (byte)character });
            await Task.Delay(200);
        }
        Assert.Fail("everything was sent");
    }
}
