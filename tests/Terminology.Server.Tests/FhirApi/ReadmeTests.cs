using System.Net;
using System.Text.RegularExpressions;

namespace Terminology.Server.FhirApi;

/// <summary>What the repository tells a newcomer to type works.</summary>
public sealed partial class ReadmeTests
{
    [Test]
    public async Task DevRun_PrintedCurls_AreAnswered()
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "dev"));
        var paths = Curl().Matches(script).Select(match => match.Groups["path"].Value.Replace("\\$", "$", StringComparison.Ordinal)).ToArray();
        Assert.That(paths, Has.Length.EqualTo(3));
        string[] expected = ["\"code\":\"2345-7\"", "Wrong Display Name", "Myocardial infarction"];
        foreach (var (path, text) in paths.Zip(expected))
        {
            var (status, json) = await DemoServer.GetAsync(path);
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), path);
            Assert.That(DemoServer.Text(json), Does.Contain(text), path);
        }
    }

    [Test]
    public async Task Readme_Curl_AnswersAsShown()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var path = Curl().Match(readme).Groups["path"].Value;
        var shown = readme[(readme.IndexOf("{\"resourceType\"", StringComparison.Ordinal))..readme.IndexOf(", …", StringComparison.Ordinal)];
        var (_, json) = await DemoServer.GetAsync(path);
        Assert.That(DemoServer.Text(json), Does.StartWith(WhiteSpace().Replace(shown, "")));
    }

    [GeneratedRegex(@"curl 'http://localhost:(5080|\$port)/fhir/(?<path>[^']+)'")]
    private static partial Regex Curl();

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex WhiteSpace();
}
