namespace Terminology;

/// <summary>Whether a code system or value set is meant for use, in the one word that answers give.</summary>
internal static class ContentStatus
{
    /// <summary>withdrawn, deprecated, draft or experimental; null when there is nothing to warn of.</summary>
    public static string? Of(CanonicalResource resource) => resource switch
    {
        { StandardsStatus: "withdrawn" or "deprecated" } => resource.StandardsStatus,
        { Status: PublicationStatus.Draft } => "draft",
        { Experimental: true } => "experimental",
        _ => null,
    };
}
