namespace Terminology.Mapping.Events;

/// <summary>An event as it was noted outside its log.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="Hash">Its hash.</param>
public sealed record EventAnchor(long Sequence, string Hash);
