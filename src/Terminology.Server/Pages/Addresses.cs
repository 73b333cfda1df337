namespace Terminology.Server.Pages;

/// <summary>Where a page is: the URLs of the FHIR API themselves.</summary>
/// <param name="Path">The path that the server is mounted under; mostly empty.</param>
internal sealed record Addresses(string Path)
{
    public string Concept(string system, string? version, string code)
        => $"{Path}/fhir/CodeSystem/$lookup?system={Uri.EscapeDataString(system)}{(version is null ? "" : $"&version={Uri.EscapeDataString(version)}")}&code={Uri.EscapeDataString(code)}";

    public string Canonical(string type, string url, string? version = null)
        => $"{Path}/fhir/{type}?url={Uri.EscapeDataString(url)}{(version is null ? "" : $"&version={Uri.EscapeDataString(version)}")}";

    public string Search(string words) => $"{Path}/?q={Uri.EscapeDataString(words)}";
}
