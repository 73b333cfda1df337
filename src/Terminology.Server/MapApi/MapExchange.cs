using System.Text.Json;
using Terminology.Issues;
using Terminology.Loaders.Maps;
using Terminology.Mapping;
using Terminology.Mapping.Exchange;
using Terminology.Mapping.People;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>What became of a file of a map.</summary>
/// <param name="Format">As which it was read.</param>
/// <param name="Read">Lines of the file: the sum of kept and rejected.</param>
/// <param name="Kept">Those that came through.</param>
/// <param name="Rejected">Those that did not; each is in <paramref name="Losses"/>.</param>
/// <param name="Losses">What did not come through, and why.</param>
/// <param name="Direction">How words of direction were read, for a person to confirm; empty where there are none.</param>
/// <param name="Rows">What became of the rows; null when nothing was to be changed.</param>
internal sealed record MapFileImport(string Format, int Read, int Kept, int Rejected, IReadOnlyList<Loss> Losses, IReadOnlyList<string> Direction, RowImportResult? Rows);

/// <summary>Maps as files: read as drafts, written as they were released.</summary>
internal sealed class MapExchange(MapWork work, ReleasedMaps files)
{
    private const int StartLength = 8192;
    private static readonly JsonSerializerOptions InHeader = new(MappingJson.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default };

    /// <summary>Reads a file; what it says of rows are drafts of who sends it, whatever state the file gives them. With <paramref name="dryRun"/> nothing is changed.</summary>
    public async Task<MapFileImport> ImportAsync(string map, string name, byte[] bytes, string? format, WiderMeans? wider, bool dryRun, Person who)
    {
        var state = work.Find(map, who, MapAction.Import);
        var how = format is { Length: > 0 } ? MapFormats.Find(format) : MapFormats.Sniff(name, bytes.AsMemory(0, Math.Min(bytes.Length, StartLength)))
            ?? throw new TerminologyException(IssueType.Value, "UNKNOWN_FORMAT", MappingMessages.NoFormat(name, string.Join(", ", MapFormats.All.Where(one => one.Reads).Select(one => one.Name)))) { Expression = "format" };
        using var stream = new MemoryStream(bytes, writable: false);
        var read = how.Read(stream, new() { File = name, SourceSystem = state.Project.SourceSystem, TargetSystem = state.Project.TargetSystems[0], Wider = wider });
        var lines = read.Map.Lines;
        var foreign = lines.Where(line => line.System is not null && line.System != state.Project.SourceSystem).ToArray();
        Loss[] losses = [.. read.Losses, .. foreign.Length > 0 ? [new Loss("system", foreign.Length, MappingMessages.OtherSource(foreign[0].System!, state.Project.SourceSystem))] : Array.Empty<Loss>()];
        RowInput[] rows = [.. lines.Except(foreign).Select(line => new RowInput(line.Code) { Display = line.Display, Context = line.Context, Content = line.Content })];
        return new(how.Name, read.Read, read.Kept, read.Rejected, losses, [.. DirectionCheck.Samples(read.Map).Select(sample => sample.Sentence)], dryRun ? null : await work.ImportAsync(map, new(rows), who));
    }

    /// <summary>Before anything of a file is read.</summary>
    private void Authorize(string map, Person who) => work.Find(map, who, MapAction.Import);

    /// <summary>A release in a format.</summary>
    /// <returns>The bytes, and what of the release they do not say.</returns>
    public (byte[] Bytes, IReadOnlyList<Loss> Losses) Export(string map, int number, string format, bool wide, Person who)
    {
        var release = MapWork.Release(work.Find(map, who, MapAction.ReadReleased), number);
        using var bytes = new MemoryStream();
        var (how, table) = (MapFormats.Find(format), ReleasedTable.Of(files.Read(release), release));
        var losses = how.Write(table, bytes, new() { File = map, Wide = wide });
        return (bytes.ToArray(), how.SaysSuperseded || table.Superseded.Count == 0 ? losses : [.. losses, new("superseded", table.Superseded.Count, FolderMessages.SupersededLost())]);
    }

    public static void Map(RouteGroupBuilder maps, MapExchange exchange)
    {
        maps.MapPost("/{map}/files:import", (HttpContext context, string map) => MapEndpoints.Answer(context, async who =>
        {
            exchange.Authorize(map, who);
            var (file, form) = await UploadedList.FileAsync(context.Request);
            return Problems.Json(await exchange.ImportAsync(map, file.Name, file.Bytes, form["format"], UploadedList.WiderIn(form), form["dryRun"] == "true", who));
        }))
            .Says(() => new Said("Reads a map from a file, as drafts")
            {
                Rights = [MapAction.Import], Answer = new(typeof(MapFileImport)),
                Request = new(null, "multipart/form-data", """{"file":"source_code,target_code,relationship\nGLU,S1,equivalent\n","format":"csv","dryRun":"true"}""")
                {
                    Fields = [UploadedList.FileField, new("format", "Name of the format; found out when not said.") { Choices = [.. MapFormats.All.Where(format => format.Reads).Select(format => format.Name)] }, UploadedList.WiderField, Asked.Flag("dryRun", "Only say what would become of the rows.")],
                },
            });
        maps.MapGet("/{map}/releases/{number:int}/export", (HttpContext context, string map, int number, string format, bool? wide) => MapEndpoints.Answer(context, who =>
        {
            var (bytes, losses) = exchange.Export(map, number, format, wide == true, who);
            // A header is ASCII: what is not is escaped.
            context.Response.Headers["Terminology-Losses"] = JsonSerializer.Serialize(losses, InHeader);
            return Task.FromResult(Results.Bytes(bytes, "application/octet-stream"));
        }))
            .Says(() => new Said("A release as a file")
            {
                Rights = [MapAction.ReadReleased], Answer = new(null, "application/octet-stream") { Meaning = "The file." }, Headers = [("Terminology-Losses", "What of the release the format cannot say, as JSON.")],
                Query = [new("format", "Name of the format.", "csv") { IsRequired = true, Choices = [.. MapFormats.All.Where(format => format.Writes).Select(format => format.Name)] }, Asked.Flag("wide", "Of tables: one row for each source.")],
            });
    }
}
