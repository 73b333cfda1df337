using Terminology.Server.MapApi;

namespace Terminology.Server.Verbs;

/// <summary><c>terminology map …</c>: maps as text in git, brought to a server and back.</summary>
public sealed class MapVerbTests
{
    private const string Rows = """
        key,code,display,context,target,targetDisplay,relationship,dependsOn,noMap,noMapReason,noMapText
        GLU,GLU,Glucose,unit=mg/dL,G1,Glucose one,equivalent,,,,
        NA,NA,Sodium,,N1,,source-is-narrower-than-target,specimen=serum,,,
        NA,NA,Sodium,,N2,,equivalent,specimen=urine,,,
        X,X,,,,,,,yes,no-code-exists,an internal control

        """;

    private const string Tests = "id,code,context,target,noMap\nglucose,GLU,,G1,\nnone,X,,,yes\nserum,NA,specimen=serum,N1,\n";

    /// <summary>The folder of a map, in a program of its own.</summary>
    private static string Write(string folder, string rows = Rows, string tests = Tests, string id = "lab")
    {
        var path = Path.Combine(folder, "mappings", id);
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "map.json"), $$"""{"id":"{{id}}","url":"{{MapServer.Url}}-{{id}}","title":"Laboratory","sourceSystem":"{{MapServer.Source}}","targetSystems":["{{MapServer.Target}}"],"domain":"lab","steward":"sue"}""");
        File.WriteAllText(Path.Combine(path, "rows.csv"), rows);
        File.WriteAllText(Path.Combine(path, "tests.csv"), tests);
        return path;
    }

    private static string Token(TerminologyProgram program, string name, string role)
    {
        Assert.That(program.Run("user", "add", name, "--role", role).ExitCode, Is.Zero);
        return program.Run("token", "create", "--user", name).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).First(line => !line.Contains(' ', StringComparison.Ordinal)).Trim();
    }

    [Test]
    public void Map_TextToReleaseAndBack_WithoutAServer_ByTheRightsOfTokens()
    {
        using var program = new TerminologyProgram();
        var (ada, ria, sue, kim) = (Token(program, "ada", "author"), Token(program, "ria", "reviewer"), Token(program, "sue", "steward"), Token(program, "kim", "release-approver"));
        var folder = Write(program.Folder);
        string Run(int exitCode, params string[] arguments)
        {
            var (exited, output) = program.Run(arguments);
            Assert.That(exited, Is.EqualTo(exitCode), output);
            return output;
        }
        Assert.That(Run(3, "map", "import", folder), Does.Contain("may not import"), "the owner of the machine neither maps nor approves");
        Assert.That(Run(0, "map", "import", folder, "--token", ada, "--dry-run"), Does.Contain("would be made with 3 rows and 3 tests"));
        Assert.That(Run(0, "map", "import", folder, "--token", ada), Does.Contain("3 rows: 3 entered").And.Contain("3 say something else and are drafts").And.Contain("3 tests, 3 of them red"));
        Assert.That(Run(0, "map", "import", folder, "--token", ada), Does.Contain("3 as they were; 0 say something else"));

        // Out again: what the text says comes back to the byte, and again.
        var (first, second) = (Path.Combine(program.Folder, "first"), Path.Combine(program.Folder, "second"));
        Run(0, "map", "export", "lab", "--to", first);
        Assert.That(Run(0, "map", "diff", folder, Path.Combine(first, "lab")), Does.Contain("Nothing is different."));
        Run(0, "map", "import", Path.Combine(first, "lab"), "--token", ada);
        Run(0, "map", "export", "lab", "--to", second);
        foreach (var file in new[] { "map.json", "rows.csv", "tests.csv", "approvals.csv", "waivers.csv" }) Assert.That(File.ReadAllText(Path.Combine(second, "lab", file)), Is.EqualTo(File.ReadAllText(Path.Combine(first, "lab", file))), file);

        // Four eyes are those of the server: nothing is released that nobody else approved.
        Assert.That(Run(3, "map", "publish", "lab", "--token", sue), Does.Contain("no approved row"));
        Approve(program, ada, ria);
        Assert.That(Run(1, "map", "publish", "lab", "--token", sue), Does.Contain("Release 1 is checked.").And.Contain("passed  tests").And.Contain("may not sign"));
        Assert.That(Run(1, "map", "publish", "lab", "--token", kim), Does.Contain("Release 1 is signed.").And.Contain("may not activate"));
        Assert.That(Run(0, "map", "publish", "lab", "--token", sue), Does.Contain("Release 1 is active."));
        Assert.That(Run(0, "map", "diff", folder, "lab@1"), Does.Contain("Nothing is different."), "context is not released, and not compared with what has none");
    }

    [Test]
    public async Task Map_ThroughARunningServer_ChangesAndGoesBack()
    {
        await using var map = await MapServer.StartAsync();
        await map.ImportAsync(isWhole: true, "GLU");
        await map.ApproveAsync("GLU", "G1");
        using var program = new TerminologyProgram(map.Server.Data);
        (int ExitCode, string Output) As(string who, params string[] arguments) => program.Run([.. arguments, "--token", map.Token(who)]);
        Assert.That(As("sue", "map", "publish", "lab").ExitCode, Is.EqualTo(1));
        Assert.That(As("kim", "map", "publish", "lab").ExitCode, Is.EqualTo(1));
        Assert.That(As("sue", "map", "publish", "lab").ExitCode, Is.Zero);
        Assert.That(As("sue", "map", "rollback", "lab").Output, Does.Contain("no such earlier release"));
        await map.ApproveAsync("GLU", "G2");
        Assert.That(As("sue", "map", "publish", "lab", "--until", "9999-12-31").Output, Does.Contain("Say the kind of the window"));
        As("sue", "map", "publish", "lab", "--window", "until-date", "--until", "9999-12-31");
        Assert.That(As("kim", "map", "publish", "lab", "--window", "opt-in").Output, Does.Contain("Release 2 is frozen already"));
        foreach (var who in new[] { "kim", "sue" }) As(who, "map", "publish", "lab");
        Assert.That((await map.TranslateAsync("GLU"))!.Value is var both ? both.Code : null, Is.EqualTo("G2"));
        Assert.That((await map.TranslateAsync("GLU"))!.Value.Body, Does.Contain("\"G1\"").And.Contain("9999-12-31"));
        var difference = program.Run("map", "diff", "lab@1", "lab@2", "--table");
        Assert.That(difference.ExitCode, Is.EqualTo(1), difference.Output);
        Assert.That(difference.Output, Does.Contain("changed\trow\tGLU\t").And.Contain("|G1").And.Contain("|G2"));
        Assert.That(As("ada", "map", "rollback", "lab").Output, Does.Contain("may not activate"));
        Assert.That(As("sue", "map", "rollback", "lab").Output, Does.Contain("Release 1 of 'lab' answers, in place of release 2."));
        Assert.That((await map.TranslateAsync("GLU"))!.Value.Code, Is.EqualTo("G1"));
    }

    [Test]
    public async Task Publish_WindowsOfSingleRows_AreThoseThatWereSaid()
    {
        await using var map = await MapServer.StartAsync();
        string[] codes = ["A=1", "B", "C", "D"];
        await map.ImportAsync(isWhole: true, codes);
        using var program = new TerminologyProgram(map.Server.Data);
        (int ExitCode, string Output) Publish(string who, params string[] arguments) => program.Run(["map", "publish", "lab", .. arguments, "--token", map.Token(who)]);
        foreach (var code in codes) await map.ApproveAsync(code, "G1");
        foreach (var who in new[] { "sue", "kim", "sue" }) Publish(who);
        foreach (var code in codes[..3]) await map.ApproveAsync(code, "G2");
        var file = Path.Combine(program.Folder, "windows.txt");
        File.WriteAllText(file, "B=opt-in\n\nC = until:soon\n");
        foreach (var (told, arguments) in new (string, string[])[]
        {
            ("windows.txt:3: 'C = until:soon' says no window; expected is immediate", ["--windows", file]),
            ("There is no file", ["--windows", file + "x"]),
            ("--window: 'B=never' says no window", ["--window", "B=never"]),
            ("--window: The window of row 'B' is said already.", ["--window", "B=opt-in", "--window", "B=immediate"]),
            ("--window: The window of all rows is said already", ["--window", "opt-in", "--window", "immediate"]),
        })
        {
            var refused = Publish("sue", arguments);
            Assert.That((refused.ExitCode, refused.Output), Is.EqualTo((2, refused.Output)).And.Matches<(int, string Output)>(one => one.Output.Contains(told, StringComparison.Ordinal)), refused.Output);
        }
        foreach (var (told, window) in new[] { ("windows.rows['X']: The map 'lab' has no row 'X'. windows.rows['Y']: The map 'lab' has no row 'Y'.", "X=opt-in"), ("Row 'D' has no old target", "D=opt-in"), ("windows.rows['B'].until: Say until which day", "B=until-date"), ("windows.rows['B'].until: 2020-01-01 has gone by", "B=until:2020-01-01") })
        {
            var refused = Publish("sue", "--window", window, "--window", window == "X=opt-in" ? "Y=immediate" : "C=opt-in");
            Assert.That((refused.ExitCode, refused.Output.Contains(told, StringComparison.Ordinal)), Is.EqualTo((3, true)), refused.Output);
        }
        File.WriteAllText(file, "B=opt-in\n\nC = opt-in:9999-12-30\n");
        Publish("sue", "--window", "immediate", "--window", "A=1=until:9999-12-31", "--windows", file);
        var said = (await map.AskAsync("sue", "GET", "/lab/releases/2")).GetProperty("windows");
        Assert.That(said.GetProperty("all").GetProperty("kind").GetString(), Is.EqualTo("immediate"));
        Assert.That(said.GetProperty("rows").EnumerateObject().Select(row => $"{row.Name} {row.Value.GetProperty("kind").GetString()} {(row.Value.TryGetProperty("until", out var until) ? until.GetString() : "")}").Order(), Is.EqualTo(new[] { "A=1 until-date 9999-12-31", "B opt-in ", "C opt-in 9999-12-30" }));
    }

    [Test]
    public async Task Import_ApprovalsInTheText_AreEvidenceAndNoMore()
    {
        await using var map = await MapServer.StartAsync();
        using var program = new TerminologyProgram(map.Server.Data);
        var folder = Write(program.Folder, id: "other");
        File.WriteAllText(Path.Combine(folder, "approvals.csv"), "key,state,authors,approvedBy,approvedAt\nGLU,approved,bob,eva,2025-01-01T00:00:00Z\n");
        var imported = program.Run("map", "import", folder, "--token", map.Token("ada"));
        Assert.That(imported.ExitCode, Is.Zero, imported.Output);
        Assert.That((await map.AskAsync("ada", "GET", "/other/rows/GLU")).GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("draft"));
        var evidence = (await map.AskAsync("ada", "GET", "/other/rows/GLU/why")).GetProperty("events")[0].GetProperty("evidence")[0];
        Assert.That((evidence.GetProperty("key").GetString(), evidence.GetProperty("value").GetString()), Is.EqualTo(("approved elsewhere", "eva, 2025-01-01; said by bob")));
        var whole = Write(program.Folder, "key,code,target,relationship\nGLU,GLU,G1,equivalent\n", "id,code,target\n", "other");
        Assert.That(program.Run("map", "import", whole, "--token", map.Token("ada")).Output, Does.Contain("2 rows of the map are not in the text and stay"));
        Assert.That(program.Run("map", "import", whole, "--token", map.Token("ada"), "--whole").Output, Does.Contain("2 rows are withdrawn"));
        Assert.That((await map.AskAsync("ada", "GET", "/other/rows/X")).GetProperty("row").GetProperty("state").GetString(), Is.EqualTo("retired"));
    }

    [Test]
    public async Task Export_Waivers_AreInTheText_AndHoldForCheck()
    {
        await using var map = await MapServer.StartAsync();
        using var program = new TerminologyProgram(map.Server.Data);
        await map.AddPersonAsync("sid", "steward");
        await map.ImportAsync(isWhole: true, "GLU");
        await map.StepAsync("ada", "GLU", MapServer.Decide("G1", "source-is-broader-than-target"));
        (int ExitCode, string Output) Check()
        {
            Assert.That(program.Run("map", "export", "lab", "--to", program.Folder, "--token", map.Token("ada")).ExitCode, Is.Zero);
            return program.Run("map", "check", Path.Combine(program.Folder, "lab"));
        }
        Assert.That(Check().ExitCode, Is.EqualTo(1));
        var id = (await map.AskAsync("sue", "GET", "/lab/findings?rule=MQ-301")).GetProperty("findings")[0].GetProperty("id").GetString();
        foreach (var (steward, exitCode) in new[] { ("sue", 1), ("sid", 0) })
        {
            await map.AskAsync(steward, "POST", "/lab/waivers", $$"""{"finding":"{{id}}","reason":"agreed","until":"{{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd}}"}""", 201);
            var (exited, output) = Check();
            Assert.That(exited, Is.EqualTo(exitCode), output);
            Assert.That(output, Does.Contain(exitCode == 0 ? "1 waived" : "Waived by 'sue' alone"));
        }
    }

    [Test]
    public void Check_Folders_TellsEachFaultWithItsPlace()
    {
        using var program = new TerminologyProgram();
        Write(program.Folder);
        var fine = program.Run("map", "check", Path.Combine(program.Folder, "mappings"));
        Assert.That(fine.ExitCode, Is.Zero, fine.Output);
        Write(program.Folder, Rows.Replace("equivalent,,,,\n", "equal,,,,\n", StringComparison.Ordinal), Tests, "bad");
        var faulty = program.Run("map", "check", Path.Combine(program.Folder, "mappings"));
        Assert.That(faulty.ExitCode, Is.EqualTo(1), faulty.Output);
        Assert.That(faulty.Output, Does.Contain(Path.Combine("mappings", "bad", "rows.csv:2:7: relationship is 'equal'")).And.Contain("tests.csv:2: MQ-602"));
        Assert.That(program.Run("map", "check", Path.Combine(program.Folder, "nosuch")).ExitCode, Is.EqualTo(3));
        Assert.That(program.Run("map", "check").ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Check_WithCodes_LooksThemUp()
    {
        using var program = new TerminologyProgram();
        var list = Path.Combine(program.Folder, "standard.csv");
        File.WriteAllText(list, "code,display,status\nG1,One,active\nN1,Two,inactive\n");
        Assert.That(program.Run("import", list, "--as", MapServer.Target + "|1").ExitCode, Is.Zero);
        var (exitCode, output) = program.Run("map", "check", Write(program.Folder), "--codes");
        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("rows.csv:3: error MQ-102 'NA': ").And.Contain("rows.csv:3: error MQ-101 'NA': ").And.Not.Contain("rows.csv:2: error"));
    }

    [Test]
    public void Check_RulesOfQuality_DecideTheExitCode()
    {
        const string Head = "key,code,display,target,relationship,comment\n";
        using var program = new TerminologyProgram();
        (int ExitCode, string Output) Check(string rows, params string[] more) => program.Run(["map", "check", Write(program.Folder, Head + rows, "id,code,target\n"), .. more]);
        var broader = Check("GLU,GLU,Glucose,G1,source-is-broader-than-target,\n");
        Assert.That(broader.ExitCode, Is.EqualTo(1), broader.Output);
        Assert.That(broader.Output, Does.Contain("MQ-301 Comment missing that FHIR demands: 1").And.Contain("rows.csv:2: error MQ-301 'GLU': ").And.Contain("Mend: targets[0].comment → ").And.Contain("1 errors"));
        var id = broader.Output.Split('\n').First(line => line.Contains(": error MQ-301", StringComparison.Ordinal)).Split('[', ']')[^2];
        File.WriteAllText(Path.Combine(program.Folder, "mappings", "lab", "waivers.csv"), $"finding,rule,reason,until,by,at,confirmedBy\n{id},MQ-301,agreed,{TimeProvider.System.GetUtcNow().AddDays(30):yyyy-MM-dd},sue,{TimeProvider.System.GetUtcNow():yyyy-MM-dd}T00:00:00Z,eva\n");
        var waived = Check("GLU,GLU,Glucose,G1,source-is-broader-than-target,\n");
        Assert.That(waived.ExitCode, Is.Zero, waived.Output);
        Assert.That(waived.Output, Does.Contain("1 waived"));
        var warned = Check("GLU,GLU,Glucose,G1,equivalent,\n"); // no release of the target system is loaded
        Assert.That(warned.ExitCode, Is.Zero, warned.Output);
        Assert.That(warned.Output, Does.Contain("map.json: warning MQ-101"));
        Assert.That(Check("GLU,GLU,Glucose,G1,equivalent,\n", "--strict").ExitCode, Is.EqualTo(1));
    }

    /// <summary>Every draft proposed by ada and approved by ria, through a server for the moment.</summary>
    private static void Approve(TerminologyProgram program, string ada, string ria)
    {
        using var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        try
        {
            var address = TerminologyProgram.AddressOf(server).GetAwaiter().GetResult();
            using var client = new HttpClient();
            foreach (var (token, command) in new[] { (ada, """{"command":{"verb":"propose"},"state":"draft"}"""), (ria, """{"command":{"verb":"approve"},"state":"proposed"}""") })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{address.Replace("/fhir", "", StringComparison.Ordinal)}/api/maps/lab/rows:bulk")) { Content = ServerOfItsOwn.Json(command) };
                request.Content.Headers.ContentType = new("application/json");
                request.Headers.Authorization = new("Bearer", token);
                using var response = client.Send(request);
                Assert.That(response.IsSuccessStatusCode);
            }
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
        }
    }
}
