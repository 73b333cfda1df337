using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Icd10;

/// <summary>What a classification has where a code was expected: the codes below the longest part of it that is one.</summary>
internal static class IcdNeighbours
{
    private const int Category = 3, Longest = 16, MostNamed = 12;

    /// <summary>A sentence, or null when not even its category is known.</summary>
    public static string? Of(ICodeSystem release, string code)
    {
        if (code.Length > Longest) return null;
        code = code.Trim().TrimEnd('+', '*', '†', '!').ToUpperInvariant();
        for (var length = code.Length; length >= Category; length--)
        {
            if (code[length - 1] == '.' || !TerminologyService.TryFind(release, code[..length], out var concept)) continue;
            var children = release.Children(concept);
            var named = new List<string>();
            foreach (var child in children[..Math.Min(children.Length, MostNamed)]) named.Add(Encoding.UTF8.GetString(release.Code(child)));
            return IcdMessages.Below(code[..length], named, children.Length);
        }
        return null;
    }
}
