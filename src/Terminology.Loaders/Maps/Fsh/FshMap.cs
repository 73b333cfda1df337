using System.Text;
using System.Text.Json;
using Terminology.Mapping.Exchange;

namespace Terminology.Loaders.Maps.Fsh;

/// <summary>A ConceptMap as an instance of FHIR Shorthand, as implementation guides keep it: read in R4 and R5, written in R4. It says what the JSON of FHIR says, rule by rule.</summary>
internal sealed class FshMap : MapFormat
{
    private static readonly FhirMap Json = new(r5: false);

    public override string Name => "fsh";

    public override string Title => "FHIR Shorthand";

    public override bool Writes => true;

    public override IReadOnlySet<MapFeature> Keeps => Json.Keeps;

    public override bool SaysSuperseded => true;

    internal override bool Recognises(MapFileStart start)
        => start.Text.Split('\n').Any(line => line.StartsWith("InstanceOf:", StringComparison.Ordinal) && line["InstanceOf:".Length..].Trim() == "ConceptMap");

    public override ReadMap Read(Stream stream, MapFormatOptions options)
    {
        var builder = new MapBuilder(options.File);
        var reader = new FshReader(builder);
        var json = reader.Read(MapText.Read(stream, options, builder));
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString()), writable: false);
        var read = Json.Read(bytes, options);
        var noted = builder.Done(new() { Lines = [] }).Losses;
        return read with { Losses = [.. read.Losses, .. noted, .. reader.Others > 0 ? [new Loss("definitions", reader.Others, "One instance of ConceptMap is read; what else the file defines is not.")] : Array.Empty<Loss>()] };
    }

    public override IReadOnlyList<Loss> Write(MapTable map, Stream stream, MapFormatOptions options)
    {
        using var bytes = new MemoryStream();
        var losses = Json.Write(map, bytes, options);
        using var json = JsonDocument.Parse(bytes.ToArray());
        using var writer = MapText.Writer(stream);
        new FshWriter(writer).Write(json.RootElement, NameOf(map.Url ?? options.File));
        return losses;
    }

    /// <summary>The last part of the canonical, of which only what an id may have.</summary>
    private static string NameOf(string url)
    {
        var name = string.Concat(url.Split('/')[^1].Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.'));
        return name.Length == 0 ? "map" : name[..Math.Min(64, name.Length)];
    }
}
