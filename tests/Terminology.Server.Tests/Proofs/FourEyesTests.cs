using System.Globalization;
using System.Text.Json;
using Terminology.Server.MapApi;

namespace Terminology.Server.Proofs;

/// <summary>
/// Random histories through the API: single steps, bulk, lists and imports, undo and releases by people of every role, people of several roles and a program. Beside each stands a
/// model that knows only what was asked and whether it was accepted: whatever is released was said by somebody and approved afterwards by somebody else.
/// </summary>
public sealed class FourEyesTests
{
    private const int Steps = 24, AtOnce = 8;
    private static readonly string[] Keys = ["A", "B", "C"], Codes = ["T1", "T2", "T3"];
    private static readonly string[] Actors = ["ada", "ben", "ria", "jo", "sue", "kim", "key", "key", "rita", "rita", "max", "max", "max", "stu", "vic"];

    private static readonly string[] Verbs = ["decide", "propose", "approve", "request-changes", "adjudicate", "confirm", "park", "resume", "undo", "comment", "retire", "restore", "recheck", "enter"];

    // What leads on from a state, and who may: most steps are such, else hardly anything would ever be approved.
    private static readonly Dictionary<string, (string[] Verbs, string[] Actors)> Onward = new()
    {
        ["unmapped"] = (["decide"], ["ada", "ben", "key", "rita", "max"]),
        ["draft"] = (["propose", "propose", "propose", "decide"], ["ada", "ben", "rita", "max"]),
        ["proposed"] = (["approve", "approve", "propose", "undo"], ["ria", "rita", "max", "sue"]),
        ["conflict"] = (["adjudicate"], ["jo", "rita", "max"]),
        ["approved"] = (["decide", "undo"], ["ada", "ria", "rita", "max"]),
        ["recheck"] = (["confirm", "decide"], ["ria", "rita", "max"]),
        ["parked"] = (["resume"], ["ada", "max"]),
        ["retired"] = (["restore"], ["ada", "sue"]),
    };

    private int _accepted, _approvals, _releases, _releasedRows, _undone;

    /// <summary>150 histories in the test run; <c>./dev prove eyes</c> walks ten thousand.</summary>
    private static int Histories => int.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_ROUNDS"), CultureInfo.InvariantCulture, out var number) ? number : 150;

    [Test]
    public async Task Release_AfterAnyHistory_HoldsWhatAnotherHasApproved()
    {
        await using var server = await MapServer.StartAsync();
        await server.AddPersonAsync("rita", "author", "reviewer", "adjudicator");
        await server.AddPersonAsync("max", "author", "reviewer", "adjudicator", "steward", "release-approver");
        await server.AddPersonAsync("stu", "author", "steward");
        await Parallel.ForEachAsync(Enumerable.Range(0, Histories), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) => await new History(this, server, seed).WalkAsync());
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Histories:N0} histories: {_accepted:N0} steps accepted, {_approvals:N0} approvals, {_undone:N0} taken back, {_releases:N0} releases with {_releasedRows:N0} rows"));
        Assert.That(new[] { _approvals, _undone, _releases, _releasedRows }, Has.All.GreaterThan(0), "what is proved did happen");
        for (var map = 0; map < Math.Min(Histories, 20); map++) Assert.That((await server.AskAsync("sue", "GET", $"/m{map}/verify")).GetProperty("valid").GetBoolean());
    }

    /// <summary>What a row says and who said it, what was approved and by whom; as far as can be known from outside.</summary>
    /// <param name="Content">What it says.</param>
    /// <param name="SaidBy">Who has a part in that.</param>
    /// <param name="Approved">What was approved last.</param>
    /// <param name="ApprovedBy">By whom.</param>
    /// <param name="ApprovedOf">Who had said it.</param>
    private sealed record Model(string Content, string SaidBy, string? Approved, string? ApprovedBy, string? ApprovedOf)
    {
        public static Model Nothing { get; } = new("", "", null, null, null);

        public Model Said(string content, string by) => this with { Content = content, SaidBy = by };

        public Model By(string who) => SaidBy.Split(',').Contains(who) ? this : this with { SaidBy = $"{SaidBy},{who}" };

        public Model ApprovedFrom(string who, string content) => this with { Content = content, Approved = content, ApprovedBy = who, ApprovedOf = SaidBy };
    }

    private sealed class History(FourEyesTests test, MapServer server, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly string _map = $"m{seed}";
        private readonly bool _isDual = seed % 3 == 2;
        private readonly Dictionary<string, List<Model>> _model = [];
        private Dictionary<string, JsonElement> _rows = [];
        private readonly List<string> _steps = [];
        private string? _recipe;

        public async Task WalkAsync()
        {
            await server.AskAsync("sue", "POST", "", $$$"""{"id":"{{{_map}}}","url":"{{{MapServer.Url}}}/{{{_map}}}","title":"M","sourceSystem":"{{{MapServer.Source}}}","targetSystems":["{{{MapServer.Target}}}"],"domain":"lab","steward":"sue","policy":{"review":"{{{(_isDual ? "dual-blind" : "single-and-review")}}}"}}""", 201);
            await ImportAsync("ada", content: null, Keys);
            for (var step = 0; step < Steps; step++)
            {
                var who = Pick(Actors);
                await (_random.Next(20) switch
                {
                    < 12 => StepAsync(who, Pick(Keys)),
                    < 15 => BulkAsync(who),
                    15 => ImportAsync(who, Pick(Codes), [.. Keys.Where(_ => _random.Next(2) == 0)]),
                    16 => ListAsync(),
                    _ => ReleaseAsync(who),
                });
            }
            await ReleaseAsync("sue");
        }

        private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

        private static string Name(string who) => who == "key" ? "program:feed" : who;

        private static string Content(string code) => $$"""{"targets":[{"system":"{{MapServer.Target}}","code":"{{code}}","relationship":"equivalent"}]}""";

        private string Command(string verb)
        {
            var said = verb is "decide" || (verb is "adjudicate" && _random.Next(2) == 0) ? $$""","content":{{Content(Pick(Codes))}}""" : "";
            var taken = verb is "adjudicate" && said.Length == 0 ? $$""","taken":"{{Pick(Actors)}}" """ : "";
            return $$"""{"verb":"{{verb}}","reason":"because","parkedFor":"later"{{said}}{{taken}}}""";
        }

        private async Task StepAsync(string who, string key)
        {
            var (verb, version) = (Pick(Verbs), _rows[key].GetProperty("version").GetInt32());
            if (_random.Next(4) > 0) (verb, who) = (Pick(Onward[State(_rows[key].GetProperty("row"))].Verbs), Pick(Onward[State(_rows[key].GetProperty("row"))].Actors));
            var command = Command(verb);
            var (status, _) = await server.SendAsync(who, "PATCH", $"/{_map}/rows/{key}", command, version.ToString(CultureInfo.InvariantCulture));
            await SeeAsync(status == 200 ? [key] : [], who, verb, command);
        }

        private async Task BulkAsync(string who)
        {
            var verb = Pick(Verbs);
            if (_random.Next(2) > 0) (verb, who) = (Pick(Onward[State(_rows[Pick(Keys)].GetProperty("row"))].Verbs), Pick(["rita", "max", "ria", "ada"]));
            var (command, keys) = (Command(verb), Keys.Where(_ => _random.Next(2) == 0).ToArray());
            if (keys.Length == 0) keys = Keys;
            var (status, answer) = await server.SendAsync(who, "POST", $"/{_map}/rows:bulk", $$"""{"command":{{command}},"keys":[{{string.Join(',', keys.Select(key => $"\"{key}\""))}}],"dryRun":{{(_random.Next(4) == 0 ? "true" : "false")}}}""");
            var done = status == 200 && !answer.Contains("\"dryRun\":true", StringComparison.Ordinal) ? keys.Except(Refused(answer)).ToArray() : [];
            await SeeAsync(done, who, verb, command);
        }

        private async Task ImportAsync(string who, string? content, string[] keys)
        {
            var rows = string.Join(',', keys.Select(key => $$"""{"code":"{{key}}","display":"Local {{key}}"{{(content is null ? "" : $",\"content\":{Content(content)}")}}}"""));
            var (status, answer) = await server.SendAsync(who, "POST", $"/{_map}/rows:import", $$"""{"rows":[{{rows}}]}""");
            await SeeAsync(status == 200 ? [.. keys.Except(Refused(answer))] : [], who, "import", content is null ? "" : $$"""{"content":{{Content(content)}}}""");
        }

        private async Task ListAsync()
        {
            var text = "code,display\n" + string.Concat(Keys.Where(_ => _random.Next(5) > 0).Append("D").Select(key => $"{key},Local {key}{(_random.Next(3) == 0 ? " other" : "")}\n"));
            _recipe ??= (await server.SendFileAsync("lists:preview", "list.csv", text, [], map: _map)).GetProperty("recipe").ToString();
            await server.SendFileAsync("lists:import", "list.csv", text, [("recipe", _recipe)], map: _map);
            await SeeAsync([], "ada", "list", "");
        }

        private async Task ReleaseAsync(string who)
        {
            var (status, answer) = await server.SendAsync(who, "POST", $"/{_map}/releases:freeze");
            if (status == 201)
            {
                var number = JsonDocument.Parse(answer).RootElement.GetProperty("number").GetInt32();
                await CheckAsync(number);
                foreach (var (verb, actor) in new[] { ("check", "sue"), ("sign", Pick(Actors)), ("sign", "kim"), ("activate", "sue") }) await server.SendAsync(actor, "POST", $"/{_map}/releases/{number}:{verb}");
            }
            await SeeAsync([], who, "release", "");
        }

        private async Task CheckAsync(int number)
        {
            var lines = (await server.SendAsync("vic", "GET", $"/{_map}/releases/{number}/content")).Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var row in lines.Skip(1).Select(line => JsonDocument.Parse(line).RootElement))
            {
                var (key, approved) = (row.GetProperty("key").GetString()!, row.GetProperty("approved"));
                var model = _model[key][^1];
                Assert.That((Said(Content(approved)), approved.GetProperty("by").GetString()), Is.EqualTo((model.Approved, model.ApprovedBy)), At(key, "what is released is what was approved"));
                Assert.That(model.ApprovedBy, Does.Not.Contain(':'), At(key, "a person has approved"));
                Assert.That(model.ApprovedOf!.Split(','), Does.Not.Contain(model.ApprovedBy), At(key, "it was another"));
                Assert.That(model.ApprovedOf.Split(',').Any(name => name.Length > 0 && !name.Contains(':', StringComparison.Ordinal)), At(key, "a person has said it"));
                Interlocked.Increment(ref test._releasedRows);
            }
            Interlocked.Increment(ref test._releases);
        }

        /// <summary>Reads the rows, and lets the model do what was accepted.</summary>
        private async Task SeeAsync(IReadOnlyCollection<string> accepted, string who, string verb, string command)
        {
            var rows = (await server.AskAsync("sue", "GET", $"/{_map}/rows?limit=10")).GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("row").GetProperty("key").GetString()!);
            foreach (var (key, view) in rows)
            {
                var known = _model.TryGetValue(key, out var versions) ? versions : _model[key] = [Model.Nothing];
                var (version, row) = (view.GetProperty("version").GetInt32(), view.GetProperty("row"));
                var before = known[^1];
                var next = accepted.Contains(key) ? Next(known, before, Name(who), verb, command, row) : verb == "list" && State(row) == "unmapped" ? before.Said("", "") : before;
                // An import may take two steps, in the first of which a row comes in or back; undo goes back one.
                var wasRetired = _rows.TryGetValue(key, out var was) && State(was.GetProperty("row")) == "retired";
                while (known.Count < version) known.Add(verb == "import" ? wasRetired ? before.Said("", "") : before : next);
                if (known.Count == version) known.Add(next);
                if (before != next || accepted.Contains(key)) _steps.Add($"{key} {version}: {who} {verb} {command} -> {State(row)} {next}");
                Assert.That((Said(Content(row)), Approved(row)), Is.EqualTo((next.Content, next.Approved is null ? null : $"{next.Approved} {next.ApprovedBy}")), At(key, $"{who} {verb} {command}"));
                if (accepted.Contains(key)) Interlocked.Increment(ref test._accepted);
            }
            _rows = rows;
        }

        private Model Next(List<Model> known, Model before, string who, string verb, string command, JsonElement row)
        {
            // What comes back says nothing until somebody says it again.
            if (verb == "import" && _rows.TryGetValue(row.GetProperty("key").GetString()!, out var was) && State(was.GetProperty("row")) == "retired") before = before.Said("", "");
            switch (verb)
            {
                case "undo":
                    Interlocked.Increment(ref test._undone);
                    return known[^2];
                case "decide" when _isDual:
                    // What an author says blindly is no content yet.
                    return State(_rows[row.GetProperty("key").GetString()!].GetProperty("row")) is "approved" or "recheck" ? before with { SaidBy = who } : before.By(who);
                case "decide":
                    return before.Said(SaidIn(command), who); // who says the same again has said it
                case "import":
                    return command.Length == 0 || SaidIn(command) == before.Content ? before : _isDual ? before.By(who) : before.Said(SaidIn(command), who);
                case "propose" when _isDual:
                    return before with { Content = Said(Content(row)) };
                case "propose":
                    return before.By(who);
                case "approve" or "confirm":
                    Interlocked.Increment(ref test._approvals);
                    return before.ApprovedFrom(who, before.Content);
                case "adjudicate" when command.Contains("\"content\"", StringComparison.Ordinal):
                    return before.Said(SaidIn(command), who);
                case "adjudicate":
                    Interlocked.Increment(ref test._approvals);
                    return before.ApprovedFrom(who, Said(Content(row)));
                case "restore":
                    return before.Said("", "");
                default:
                    return before;
            }
        }

        private static IEnumerable<string> Refused(string answer) => JsonDocument.Parse(answer).RootElement.TryGetProperty("refused", out var refused) ? refused.EnumerateArray().Select(row => row.GetProperty("key").GetString()!) : [];

        private static string SaidIn(string command) => Said(JsonDocument.Parse(command).RootElement.GetProperty("content"));

        private static string Said(JsonElement content) => content.ValueKind == JsonValueKind.Object && content.TryGetProperty("targets", out var targets) ? string.Join('+', targets.EnumerateArray().Select(target => target.GetProperty("code").GetString())) : "";

        private static string? Approved(JsonElement row) => row.TryGetProperty("approved", out var approved) && approved.ValueKind == JsonValueKind.Object ? $"{Said(Content(approved))} {approved.GetProperty("by").GetString()}" : null;

        private static JsonElement Content(JsonElement of) => of.TryGetProperty("content", out var content) ? content : default;

        private static string State(JsonElement row) => row.GetProperty("state").GetString()!;

        private string At(string key, string what) => $"history {seed}, row {key}: {what}\n{string.Join('\n', _steps.Where(step => step.StartsWith($"{key} ", StringComparison.Ordinal)))}";
    }
}
