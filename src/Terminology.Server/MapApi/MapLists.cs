using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Lists;
using Terminology.Loaders.Maps;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Lists.Damage;
using Terminology.Mapping.Maps;
using Terminology.Mapping.People;
using Terminology.Mapping.Quality;
using Terminology.Mapping.Rows;
using Terminology.Server.Hosting;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>A list as it would be read, for the person who confirms it.</summary>
/// <param name="Recipe">How it would be read.</param>
/// <param name="Columns">What its columns seem to hold, and why.</param>
/// <param name="Key">What would make the key of a row.</param>
/// <param name="Notes">What was found out on reading.</param>
/// <param name="Lines">What became of its lines.</param>
/// <param name="First">Its first lines, by columns.</param>
/// <param name="FindingsByRule">How much damage was found, by rules.</param>
/// <param name="Findings">The first of it.</param>
/// <param name="Targets">What would become of targets that it names.</param>
internal sealed record ListPreview(ListRecipe Recipe, IReadOnlyList<ColumnGuess> Columns, KeyProposal Key, IReadOnlyList<string> Notes, ListAccount Lines, IReadOnlyList<IReadOnlyList<string>> First, IReadOnlyDictionary<string, int> FindingsByRule, IReadOnlyList<Finding> Findings, NamedTargets Targets);

/// <summary>What became of a list.</summary>
/// <param name="Version">The version that it is now.</param>
/// <param name="Steps">Rows that took a step.</param>
/// <param name="FindingsByRule">How much damage was found, by rules.</param>
/// <param name="Findings">The first of it.</param>
/// <param name="Rejected">Lines that are no rows, and why.</param>
/// <param name="Targets">What became of targets that it names.</param>
internal sealed record ListImport(ListVersion Version, int Steps, IReadOnlyDictionary<string, int> FindingsByRule, IReadOnlyList<Finding> Findings, IReadOnlyList<RejectedRow> Rejected, NamedTargets Targets);

/// <summary>What became of the targets that a list itself names.</summary>
/// <param name="Named">Rows that name one: the sum of those that follow.</param>
/// <param name="Taken">Became drafts; in a preview: would.</param>
/// <param name="Same">The map says the same already.</param>
/// <param name="Unchanged">The row is as in the version of the list before, and was not looked at again.</param>
/// <param name="RefusedCount">Could not be taken.</param>
/// <param name="Refused">The first of those, and why.</param>
/// <param name="Direction">How words of direction were read, for a person to confirm; empty where there are none.</param>
internal sealed record NamedTargets(int Named, int Taken, int Same, int Unchanged, int RefusedCount, IReadOnlyList<BulkRefusal> Refused, IReadOnlyList<string> Direction);

/// <summary>Lists of local codes as files: looked at first, brought in when confirmed, compared with the version before.</summary>
internal sealed class MapLists(MapBook book, MapWork work, ReleasedMaps files, LiveService live)
{
    private const int FirstRows = 20, MostFindings = 1000;

    /// <summary>How a file would be read; nothing is changed.</summary>
    public ListPreview Preview(string map, UploadedList file, Person who)
    {
        var state = work.Find(map, who, MapAction.Import);
        var (read, recipe) = Read(file, Recipe(state, file));
        var guesses = ColumnGuess.Of(read.Table, Units());
        if (recipe.Columns.All(column => column.Role != ColumnRole.Code)) recipe = recipe.With(guesses);
        var key = KeyProposal.For(read.Table, recipe);
        var list = SourceList.From(read.Table, recipe with { KeyColumns = key.Columns });
        var findings = DamageScan.Of(read.Table, recipe, list, Known());
        var targets = new TargetTaking(new(state.Project.TargetSystems, file.Wider), file.Name, list, state.Project);
        foreach (var row in list.Rows.Where(ListTargets.IsNamed)) targets.Look(state.Find(row.Key)?.Row ?? new() { Key = row.Key, Code = row.Code }, row);
        return new(recipe, guesses, key, read.Notes, read.Table.Account, [.. read.Table.Lines.Take(FirstRows).Select(line => line.Fields)], ByRule(findings), [.. findings.Take(MostFindings)], targets.Report());
    }

    /// <summary>Brings a file in as the next version of the list of a map: what changed is told by class, and nothing is decided but what follows from it.</summary>
    public async Task<ListImport> ImportAsync(string map, UploadedList file, DiffPolicy policy, Person who)
    {
        var state = work.Find(map, who, MapAction.Import);
        var (read, recipe) = Read(file, Recipe(state, file));
        if (recipe.Columns.All(column => column.Role != ColumnRole.Code)) throw new TerminologyException(IssueType.Required, "NO_CODE_COLUMN", MappingMessages.NoCodeColumn(string.Join(", ", read.Table.Columns.Take(20)))) { Expression = "recipe.columns" };
        var list = Rows(read.Table, recipe);
        var former = state.Lists.LastOrDefault();
        var before = former is null ? Rows(read.Table with { Lines = [], Problems = [] }, recipe) : Former(former);
        var diff = ListDiff.Between(before, list, Units(), Retired(state, before));
        Finding[] findings = [.. DamageScan.Of(read.Table, recipe, list, Known()), .. DamageScan.Between(diff)];
        files.Keep(file.Sha256, file.Bytes);
        var steps = ListSteps.Of(diff, policy).ToArray();
        var targets = new TargetTaking(new(state.Project.TargetSystems, file.Wider), file.Name, list, state.Project);
        var version = await book.ChangeAsync(turn =>
        {
            var now = turn.Find(map);
            if (now.Lists.Count != state.Lists.Count) throw new TerminologyException(IssueType.Conflict, "LIST_CHANGED", MappingMessages.ListChanged(map));
            foreach (var step in steps) Take(turn, map, step, targets, who);
            return turn.Put(map, new ListVersion
            {
                Number = now.Lists.Count + 1, File = file.Name, Sha256 = file.Sha256, Recipe = recipe, By = who.Name, At = turn.Now, Input = list.Input, Duplicates = list.Duplicates.Count, Rejected = list.Rejected.Count,
                Classes = Enum.GetValues<RowClass>().Where(rowClass => diff.Count(rowClass) > 0).ToDictionary(rowClass => rowClass, diff.Count),
            }, who);
        });
        return new(version, steps.Length, ByRule(findings), [.. findings.Take(MostFindings)], [.. list.Rejected.Take(MostFindings)], targets.Report());
    }

    private static void Take(MapBook.Turn turn, string map, ListStep step, TargetTaking targets, Person who)
    {
        var state = turn.Find(map);
        var entry = state.Find(step.Key);
        var situation = new RowSituation(state.Project, turn.Now);
        if (step.Source is not { } source)
        {
            if (entry is null || entry.Row.State == MapRowState.Retired) return;
            var retire = new RowCommand(RowVerb.Retire) { Reason = step.Reason };
            turn.Put(map, RowDecision.Take(entry.Row, retire, who, situation), who, retire, []);
            return;
        }
        var row = entry?.Row ?? new MapRow { Key = step.Key, Code = source.Code, Number = state.Rows.Count + 1 };
        if (row.State == MapRowState.Retired) row = RowDecision.Take(row, new(RowVerb.Restore), who, situation);
        row = row with { Display = source.Display.Length > 0 ? source.Display : null, Context = ContextOf(source) };
        turn.Put(map, row, who, new(RowVerb.Enter) { Reason = step.Reason }, []);
        if (ListTargets.IsNamed(source) && targets.Look(row, source) is { } decide) turn.Put(map, row = RowDecision.Take(row, decide, who, situation), who, decide, []);
        if (step.Verb != RowVerb.Recheck || row.State is not (MapRowState.Approved or MapRowState.Recheck)) return;
        var recheck = new RowCommand(RowVerb.Recheck) { Reason = step.Reason };
        turn.Put(map, RowDecision.Take(row, recheck, Person.System, situation), Person.System, recheck, []);
    }

    private static KeyValuePair<string, string>[] ContextOf(SourceRow source)
    {
        var context = source.Context.Concat(source.Synonyms.Select(synonym => KeyValuePair.Create("synonym", synonym.Text))).Concat(source.Displays.Skip(1).Select(display => KeyValuePair.Create($"display[{display.Language}]", display.Text)));
        if (source.Samples.Length > 0) context = context.Append(new("samples", source.Samples));
        if (source.Frequency is { } frequency) context = context.Append(new("frequency", frequency.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return [.. context, .. source.Extra];
    }

    /// <summary>The recipe that was sent, else that of the version before.</summary>
    private static ListRecipe? Recipe(MapState state, UploadedList file) => file.Recipe ?? state.Lists.LastOrDefault()?.Recipe;

    private static (ReadList Read, ListRecipe Recipe) Read(UploadedList file, ListRecipe? recipe)
    {
        var read = ListReader.Read(() => new MemoryStream(file.Bytes, writable: false), file.Name, recipe);
        return (read, read.Recipe);
    }

    /// <summary>The version before, from its file.</summary>
    private SourceList Former(ListVersion version)
    {
        var bytes = files.Read(version.Sha256);
        return Rows(ListReader.Read(() => new MemoryStream(bytes, writable: false), version.File, version.Recipe).Table, version.Recipe);
    }

    private static SourceList Rows(ListTable table, ListRecipe recipe)
    {
        try
        {
            return SourceList.From(table, recipe);
        }
        catch (ArgumentException wrong)
        {
            throw new TerminologyException(IssueType.Value, "INVALID_RECIPE", wrong.Message) { Expression = "recipe" };
        }
    }

    private static Dictionary<string, SourceRow> Retired(MapState state, SourceList before)
    {
        var there = before.Rows.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        return state.Rows.Select(entry => entry.Row).Where(row => row.State == MapRowState.Retired && !there.Contains(row.Key))
            .ToDictionary(row => row.Key, row => new SourceRow { Key = row.Key, Code = row.Code, Displays = row.Display is { } text ? [new("", text)] : [], Context = row.Context }, StringComparer.Ordinal);
    }

    private static Dictionary<string, int> ByRule(IEnumerable<Finding> findings) => findings.GroupBy(finding => finding.RuleId).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count());

    private UnitReader? Units() => live.Current.FindCodeSystem(CodeSystemUri.Ucum.Value) is { } ucum && ComposedSystems.UnitsOf(ucum) is { } units ? new(units) : null;

    /// <summary>Standard codes that local codes may be: LOINC and SNOMED CT where they are live.</summary>
    private KnownCodes Known()
    {
        ICodeSystem[] systems = [.. new[] { CodeSystemUri.Loinc, CodeSystemUri.Snomed }.Select(uri => live.Current.FindCodeSystem(uri.Value)).OfType<ICodeSystem>()];
        return code =>
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(code);
            foreach (var system in systems)
            {
                if (system.TryFind(bytes, out var concept)) return (new(system.Info.Url, code), System.Text.Encoding.UTF8.GetString(system.Display(concept)));
            }
            return null;
        };
    }
}

/// <summary>A file that was sent, with how to read it.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Recipe">How to read it, or null.</param>
internal sealed record UploadedList(string Name, byte[] Bytes, ListRecipe? Recipe)
{
    /// <summary>What wider and narrower mean in it; null where it is not said.</summary>
    public WiderMeans? Wider { get; init; }

    /// <summary>The part that every such form has.</summary>
    public static Asked FileField { get; } = new("file", "The file.") { Kind = "file", IsRequired = true };

    /// <summary>The field by which words of direction are understood.</summary>
    public static Asked WiderField { get; } = Asked.Word<WiderMeans>("wider", "What wider and narrower mean in it, where it does not say.");

    /// <summary>The form of a list.</summary>
    public static SaidBody Form { get; } = new(null, "multipart/form-data", """{"file":"code,display\nGLU,Glucose\nNA,Sodium\n","recipe":"{\"columns\":[{\"name\":\"code\",\"role\":\"code\"},{\"name\":\"display\",\"role\":\"display\"}]}"}""")
    {
        Fields = [FileField, new("recipe", "How it is read, a ListRecipe as JSON; else that of the version before, or found out."), new("policy", "To import: what becomes of rows by their class, as JSON; for example `{\"withdrawn\":\"keep\"}`."), WiderField],
    };

    /// <summary>Of the content.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes));

    /// <summary>From a form with the part <c>file</c> and, if wanted, the field <c>recipe</c>.</summary>
    /// <exception cref="TerminologyException">Required: no file. Structure: the recipe is none.</exception>
    public static async Task<(UploadedList List, DiffPolicy Policy)> ReadAsync(HttpRequest request)
    {
        var (file, form) = await FileAsync(request);
        return (file with { Recipe = Field<ListRecipe>(form, "recipe"), Wider = WiderIn(form) }, new() { Changed = Field<Dictionary<RowClass, RowPolicy>>(form, "policy") ?? [] });
    }

    /// <summary>The part <c>file</c> of a form, and its other fields.</summary>
    /// <exception cref="TerminologyException">Required: no file.</exception>
    public static async Task<(UploadedList File, IFormCollection Form)> FileAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) throw NoFile();
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (form.Files.GetFile("file") is not { } file) throw NoFile();
        using var bytes = new MemoryStream(checked((int)file.Length));
        await file.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return (new(Path.GetFileName(file.FileName), bytes.ToArray(), null), form);
    }

    /// <summary>The field <c>wider</c> of a form.</summary>
    public static WiderMeans? WiderIn(IFormCollection form)
        => Enum.TryParse<WiderMeans>(((string?)form["wider"])?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var means) ? means : null;

    private static T? Field<T>(IFormCollection form, string name)
        where T : class
    {
        string? text = form[name];
        if (string.IsNullOrWhiteSpace(text) && form.Files.GetFile(name) is { } part)
        {
            using var reader = new StreamReader(part.OpenReadStream());
            text = reader.ReadToEnd();
        }
        if (string.IsNullOrWhiteSpace(text)) return null;
        return RequestJson.Read<T>(System.Text.Encoding.UTF8.GetBytes(text), name);
    }

    private static TerminologyException NoFile() => new(IssueType.Required, "NO_FILE", MappingMessages.NoFile()) { Expression = "file" };
}
