using Terminology.Server.FhirApi;

namespace Terminology.Server.Hosting;

/// <summary>All that answers at one moment: what is loaded, what is stored, and both as one service.</summary>
/// <param name="Service">Answers operations.</param>
/// <param name="Releases">What is loaded, without what is stored.</param>
/// <param name="Ids">The logical ids of what is loaded.</param>
/// <param name="Stored">What is stored.</param>
internal sealed record World(TerminologyService Service, TerminologyService Releases, InstanceIds Ids, StoredContent Stored)
{
    public static World Of(TerminologyService releases, InstanceIds ids, StoredContent stored) => new(releases.WithStored(stored), releases, ids, stored);
}
