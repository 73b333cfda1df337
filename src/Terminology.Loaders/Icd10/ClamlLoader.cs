using System.Xml.Linq;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Icd10;

/// <summary>Classifications in ClaML 2 and 3: ICD-10 of the WHO and its national adaptations.</summary>
/// <remarks>EN 14463 <see href="https://www.who.int/standards/classifications/classification-of-diseases">ClaML</see>; modifiers become codes of their own where they apply.</remarks>
internal sealed class ClamlLoader : IReleaseLoader
{
    public IReadOnlyList<RecognisedRelease> Recognise(ReleaseFiles files, ImportOptions options)
    {
        var found = new List<RecognisedRelease>();
        foreach (var file in files.Files.Where(file => file.UnpackedName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && file.Start().Contains("<ClaML", StringComparison.Ordinal)))
        {
            var start = file.Start(1 << 16);
            var title = Attribute(start, "Title", "name") ?? "ICD-10";
            var version = options.As?.Version ?? Attribute(start, "Title", "version");
            var url = options.As?.Url ?? CodeSystemUri.Icd10.Value;
            found.Add(new ClamlRelease(file)
            {
                Info = new()
                {
                    Id = new(url, version),
                    Title = $"{title} {version}",
                    Format = "icd10-claml",
                    Date = Attribute(start, "Title", "date"),
                    Copyright = "International Statistical Classification of Diseases and Related Health Problems 10th Revision (ICD-10), © World Health Organization.",
                    CodeSystem = new()
                    {
                        Url = new(url), Version = version, Name = "ICD_10", Title = title, Date = Attribute(start, "Title", "date"), Publisher = "World Health Organization",
                        Copyright = "© World Health Organization", Language = Attribute(start, "ClaML", "xml:lang") ?? "en", Identifiers = ["urn:oid:2.16.840.1.113883.6.3"],
                    },
                },
                Files = [file],
            });
        }
        return found;
    }

    private static string? Attribute(string start, string element, string name)
    {
        var at = start.IndexOf($"<{element} ", StringComparison.Ordinal);
        var end = at < 0 ? -1 : start.IndexOf('>', at);
        if (end < 0) return null;
        var value = start.IndexOf($"{name}=\"", at, end - at, StringComparison.Ordinal);
        if (value < 0) return null;
        value += name.Length + 2;
        return start[value..start.IndexOf('"', value)] is { Length: > 0 } text ? text : null;
    }

    private sealed class ClamlRelease(ReleaseFile file) : RecognisedRelease
    {
        public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
        {
            var counts = report.Begin(file.Path);
            report.Progress.Step = file.Path;
            var root = SafeXml.Load(file).Root!;
            sink.Begin(info with { CodeSystem = info.CodeSystem! with { Url = new(info.Id.Url), Version = info.Id.Version, Properties = [new("kind", PropertyType.String), new("usage", PropertyType.String)] } });
            var classes = new ClassificationSink(sink);
            var language = info.CodeSystem!.Language ?? "en";
            var modifiers = root.Elements("ModifierClass").GroupBy(item => (string?)item.Attribute("modifier") ?? "", StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
            var byCode = root.Elements("Class").GroupBy(item => (string?)item.Attribute("code") ?? "", StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
            foreach (var item in root.Elements("Class"))
            {
                counts.Row();
                var code = (string?)item.Attribute("code") ?? "";
                var line = ((System.Xml.IXmlLineInfo)item).LineNumber;
                var kind = (string?)item.Attribute("kind") ?? "category";
                if (code.Length == 0 || !classes.Add(code, isAbstract: kind is "chapter" or "block"))
                {
                    counts.Reject(line, code.Length == 0 ? "a Class has no code." : $"the code {code} stands above already; the first one counts.");
                    continue;
                }
                classes.Note(code, "kind", kind);
                classes.Note(code, "usage", (string?)item.Attribute("usage") ?? "");
                foreach (var super in item.Elements("SuperClass").Select(super => (string?)super.Attribute("code")).OfType<string>()) classes.Parent(code, super);
                foreach (var rubric in item.Elements("Rubric"))
                {
                    var rubricKind = (string?)rubric.Attribute("kind") ?? "";
                    foreach (var label in rubric.Elements("Label"))
                    {
                        var spoken = (string?)label.Attribute(XNamespace.Xml + "lang") ?? language;
                        var text = string.Join(' ', label.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                        switch (rubricKind)
                        {
                            case "preferred":
                                classes.Title(code, text, 0, null, spoken);
                                break;
                            case "preferredLong":
                                classes.Title(code, text, 5, null, spoken);
                                break;
                            case "inclusion":
                                classes.Title(code, text, 50, null, spoken);
                                classes.Note(code, rubricKind, text);
                                break;
                            case "definition":
                                classes.Title(code, text, 255, DesignationUses.Definition, spoken);
                                break;
                            default:
                                classes.Note(code, rubricKind, text);
                                break;
                        }
                    }
                }
                if (!item.Elements("SubClass").Any()) Modify(classes, byCode, modifiers, item, code, language);
            }
        }

        /// <summary>Codes made by the modifiers of a class and of the classes above it, where it does not exclude them.</summary>
        private static void Modify(ClassificationSink classes, Dictionary<string, XElement> byCode, Dictionary<string, XElement[]> modifiers, XElement item, string code, string language)
        {
            var excluded = new HashSet<string>(StringComparer.Ordinal);
            for (var at = item; at is not null; at = Above(byCode, at))
            {
                foreach (var exclude in at.Elements("ExcludeModifier")) excluded.Add((string?)exclude.Attribute("code") ?? "");
                foreach (var modified in at.Elements("ModifiedBy"))
                {
                    var modifier = (string?)modified.Attribute("code") ?? "";
                    if (excluded.Contains(modifier) || !modifiers.TryGetValue(modifier, out var values)) continue;
                    var valid = modified.Elements("ValidModifierClass").Select(value => (string?)value.Attribute("code")).ToHashSet();
                    foreach (var value in values)
                    {
                        var suffix = (string?)value.Attribute("code") ?? "";
                        if (suffix.Length == 0 || (valid.Count > 0 && !valid.Contains(suffix))) continue;
                        var full = suffix.StartsWith('.') || code.Contains('.') ? code + suffix : $"{code}.{suffix}";
                        if (!classes.Add(full, isAbstract: false)) continue;
                        classes.Parent(full, code);
                        classes.Note(full, "kind", "category");
                        classes.Title(full, $"{Preferred(item)}: {Preferred(value)}", 0, null, language);
                    }
                }
            }
        }

        private static XElement? Above(Dictionary<string, XElement> byCode, XElement item)
            => item.Element("SuperClass")?.Attribute("code")?.Value is { } code && byCode.TryGetValue(code, out var above) ? above : null;

        private static string Preferred(XElement item)
            => item.Elements("Rubric").FirstOrDefault(rubric => (string?)rubric.Attribute("kind") == "preferred")?.Element("Label")?.Value.Trim() ?? "";
    }
}
