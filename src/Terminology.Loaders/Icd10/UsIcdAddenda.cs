using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Maps;
using Terminology.Releases;

namespace Terminology.Loaders.Icd10;

/// <summary>
/// Addenda of an order file: what is added, deleted and revised against the version before, whose copy they make into the new version. The counts that the file
/// gives at its end are checked.
/// </summary>
internal sealed partial class UsIcdAddenda(ReleaseFile file, Func<string, string> codeOf, ImportOptions options) : RecognisedRelease
{
    private const int ChangeWidth = 13;

    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        var before = basis?.CodeSystem ?? throw new InvalidOperationException("Addenda are applied to a release.");
        var changes = Changes(before, report);
        sink.Begin(info with { CodeSystem = info.CodeSystem! with { Url = new(info.Id.Url), Version = info.Id.Version, Properties = UsIcdRelease.Properties } });
        var classes = new ClassificationSink(sink);
        var revision = new Revision(sink, classes, changes);
        basis.Replay(revision, cancel);
        foreach (var line in changes.Added) line.Push(classes);
        foreach (var code in classes.Codes.Where(code => code.Length > 3).ToArray())
        {
            if (classes.ParentByPrefix(code, 3) is { } parent) classes.Parent(code, parent);
        }
        var codes = revision.Billable + changes.Added.Count(line => !line.IsHeader);
        if (changes.Codes is { } expected && expected != codes)
        {
            throw new ReleaseFormat($"with these changes {basis.Info.Id} has {codes:N0} valid codes, and the file says {expected:N0}: it was made for another version. Name that one with --base, or import the order file of {info.Id.Version}.", file.Path);
        }
    }

    private sealed record ChangeList(HashSet<string> Removed, List<UsIcdLine> Added, int? Codes);

    private ChangeList Changes(ICodeSystem before, LoadReport report)
    {
        var counts = report.Begin(file.Path);
        report.Progress.Step = file.Path;
        var (removed, added, taken) = (new HashSet<string>(StringComparer.Ordinal), new List<UsIcdLine>(), new HashSet<string>(StringComparer.Ordinal));
        int? codes = null;
        // Headings, totals and blank lines between the changes are no rows.
        using var lines = new TextLines(file, new LoadReport(), options.Encoding ?? "windows-1252");
        while (lines.Read())
        {
            var text = Encoding.UTF8.GetString(lines.Text);
            if (Total().Match(text) is { Success: true } total) codes = int.Parse(total.Groups["count"].Value, CultureInfo.InvariantCulture);
            if (!Change().IsMatch(text)) continue;
            counts.Row();
            if (text.Length < ChangeWidth + 10 || LineOf(text[ChangeWidth..]) is not { } line)
            {
                counts.Reject(lines.Line, "the line is not laid out as addenda: 1–13 what is done, then billable 0 or 1 (not in ICD-10-PCS), code, short title, long title.");
                continue;
            }
            var isKnown = before.TryFind(Encoding.UTF8.GetBytes(line.Code), out _) && !removed.Contains(line.Code);
            if (text.StartsWith("Delete", StringComparison.Ordinal) || text.StartsWith("Revise from", StringComparison.Ordinal))
            {
                if (isKnown) removed.Add(line.Code);
                else counts.Reject(lines.Line, $"the version before has no code {line.Code}.");
            }
            else if (isKnown || !taken.Add(line.Code))
            {
                counts.Reject(lines.Line, $"the code {line.Code} is there already and was not deleted or revised above.");
            }
            else
            {
                added.Add(line);
            }
        }
        return new(removed, added, codes);
    }

    /// <summary>ICD-10-CM: billable, code; ICD-10-PCS: the code alone, valid when it has seven characters. Then the titles as in an order file.</summary>
    private UsIcdLine? LineOf(string text)
    {
        var (flag, at) = text[1] == ' ' ? (text[0], 2) : (text[..7].Trim().Length == 7 ? '1' : '0', 0);
        return text.Length < at + 8 ? null : UsIcdLine.Parse($"00000 {text[at..(at + 7)]} {flag} {text[(at + 8)..]}", codeOf);
    }

    [GeneratedRegex(@"^(Add|Delete|Revise from|Revise to):\s")]
    private static partial Regex Change();

    [GeneratedRegex(@"^\s*(?<count>\d+) codes in ")]
    private static partial Regex Total();

    /// <summary>Passes on what the changes leave as it was; places in the hierarchy that come from the code itself are made anew afterwards.</summary>
    private sealed class Revision(IReleaseSink sink, ClassificationSink classes, ChangeList changes) : IReleaseSink
    {
        private readonly HashSet<string> _back = changes.Added.Select(line => line.Code).ToHashSet(StringComparer.Ordinal);

        public int Billable { get; private set; }

        public void Begin(ReleaseInfo release)
        {
        }

        public void Concept(in ConceptRecord concept)
        {
            var code = Encoding.UTF8.GetString(concept.Code);
            if (!changes.Removed.Contains(code)) classes.Add(code, concept.Flags.HasFlag(ConceptFlags.Abstract));
        }

        public void Designation(in DesignationRecord designation)
        {
            var code = Encoding.UTF8.GetString(designation.Concept);
            // Titles of a revised code come with its line; inclusion terms stay.
            if (!changes.Removed.Contains(code) || (_back.Contains(code) && designation.DisplayRank > UsIcdLine.ShortRank)) sink.Designation(designation);
        }

        public void Relationship(in RelationshipRecord relationship)
        {
            var code = Encoding.UTF8.GetString(relationship.Source);
            var isByPrefix = code.Length > 3 && code.StartsWith(Encoding.UTF8.GetString(relationship.Target), StringComparison.Ordinal);
            if (!isByPrefix && (!changes.Removed.Contains(code) || _back.Contains(code))) sink.Relationship(relationship);
        }

        public void Property(in PropertyRecord property)
        {
            var code = Encoding.UTF8.GetString(property.Concept);
            var isBillable = property.Property.SequenceEqual("billable"u8);
            if (changes.Removed.Contains(code) && (isBillable || !_back.Contains(code))) return;
            if (isBillable && property.Value.SequenceEqual("true"u8)) Billable++;
            sink.Property(property);
        }

        public void Refset(RefsetInfo refset) => sink.Refset(refset);

        public void Member(in MemberRecord member) => sink.Member(member);

        public int Map(ConceptMapInfo map) => sink.Map(map);

        public void MapElement(int map, int group, MapElement element) => sink.MapElement(map, group, element);

        public void Resource(ResourceRecord resource) => sink.Resource(resource);

        public void Complete(LoadReport report, CancellationToken cancel)
        {
        }
    }
}
