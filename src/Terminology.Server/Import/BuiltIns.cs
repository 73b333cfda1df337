using Terminology.Loaders.FhirPackages;
using Terminology.Releases;
using Terminology.Store;
using Terminology.Store.Data;

namespace Terminology.Server.Import;

/// <summary>What every data folder has: the code systems, value sets and maps of FHIR R4 itself, loaded at the first start.</summary>
internal static class BuiltIns
{
    /// <summary>Loads what is missing; some seconds once, nothing later.</summary>
    public static void Ensure(DataFolder folder)
    {
        var release = BuiltInR4.Release;
        if (folder.Read().Find(release.Info.Id) is not null) return;
        var report = new LoadReport();
        using var staged = folder.Stage();
        using (var builder = new StoreBuilder(staged.FilePath))
        {
            release.Load(release.Info, null, builder, report, CancellationToken.None);
            builder.Complete(report, CancellationToken.None);
        }
        var info = release.Info;
        folder.Publish(staged, info.Format, info.Id, info.Title, info.Copyright, 0, activate: false, "built in");
    }
}
