using Terminology.Fhir.Resources;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.FhirPackages;

/// <summary>Reads every resource whole and keeps it as it is; one that cannot be read is rejected with its file, its place and the reason.</summary>
/// <param name="files">The files to read.</param>
/// <param name="place">Only the resource at this place of its Bundle; null: all.</param>
/// <param name="faulty">Files with resources that no release can have: reported here.</param>
internal sealed class FhirResourcesRelease(IReadOnlyList<ReleaseFile> files, string? place = null, IReadOnlyList<ReleaseFile>? faulty = null) : RecognisedRelease
{
    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.TotalBytes = files.Sum(file => file.Length);
        sink.Begin(info);
        var pushed = new ResourcePusher(sink, info);
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            report.Progress.Step = file.Name;
            Load(file, pushed, report);
            report.Progress.Bytes += file.Length;
        }
        foreach (var file in faulty ?? []) Read(file, ResourceFiles.Bytes(file), report, (text, counts) =>
        {
            if (ResourceFiles.FaultOf(text, out _) is not { } fault) return;
            counts().Row();
            counts().Reject(text.Line, ResourcePusher.At(text, fault.Message));
        });
    }

    private void Load(ReleaseFile file, ResourcePusher pushed, LoadReport report)
    {
        var bytes = ResourceFiles.Bytes(file);
        if (ResourceFile.TypeOf(bytes) is not { } type || (type is not ("" or "Bundle") && !ResourceFile.Kept.Contains(type)))
        {
            report.PassedOver++;
            return;
        }
        Read(file, bytes, report, (text, counts) =>
        {
            if (!ResourceFile.Kept.Contains(text.ResourceType)) report.PassedOver++;
            else if (place is null || text.Place == place) pushed.Push(text, counts());
        });
    }

    /// <summary>Goes through the resources of a file; where it cannot be read further, that is a rejected row.</summary>
    private static void Read(ReleaseFile file, byte[] bytes, LoadReport report, Action<ResourceText, Func<FileReport>> each)
    {
        FileReport? counts = null;
        try
        {
            foreach (var text in ResourceFile.Read(bytes)) each(text, Counts);
        }
        catch (TerminologyException fault)
        {
            var (line, column) = ResourceFiles.Position(fault);
            Counts().Row();
            Counts().Reject(line, fault.Message, column);
        }

        FileReport Counts() => counts ??= report.Begin(file.Path);
    }
}

/// <summary>Pushes resources, each canonical and version once.</summary>
internal sealed class ResourcePusher(IReleaseSink sink, ReleaseInfo info)
{
    private readonly HashSet<(string Type, string Url, string? Version, string? Id)> _seen = [];

    public void Push(ResourceText text, FileReport counts)
    {
        counts.Row();
        try
        {
            if (text.Fault is not null) throw text.Fault;
            Push(ReadResource.Read(text.Json), text, counts);
        }
        catch (TerminologyException fault)
        {
            counts.Reject(text.Line, At(text, fault.Message));
        }
    }

    private void Push(ReadResource resource, ResourceText text, FileReport counts)
    {
        var record = resource.Record;
        // Several naming systems may share a uri: THO has two for ICD-9-CM.
        if (!_seen.Add((record.ResourceType, record.Url, record.Version, record.ResourceType == "NamingSystem" ? record.Id : null)))
        {
            counts.Reject(text.Line, At(text, $"{record.ResourceType} {new VersionedUrl(record.Url, record.Version)} is in this release already; the first one counts."));
            return;
        }
        if (text.Warning is { } left) counts.Warn(text.Line, At(text, left));
        foreach (var warning in resource.Warnings) counts.Warn(text.Line, At(text, warning));
        if (info.CodeSystem is not null && resource.CodeSystem is { } system) NativeCodeSystem.Push(system, sink);
        else sink.Resource(record);
    }

    public static string At(ResourceText text, string reason) => text.Place.Length == 0 ? reason : $"{text.Place}: {reason}";
}
