using System.Text;
using System.Xml;
using System.Xml.Linq;
using Terminology.CodeSystems;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders.Icd10;

/// <summary>
/// Reads one ClaML file: classes with their rubrics, then the codes that modifiers make of classes without subclasses. Several modifiers of one class go on after
/// each other (place of occurrence, then activity), and every step is a code.
/// </summary>
internal sealed class ClamlRelease(ReleaseFile file) : RecognisedRelease
{
    private const byte LongRank = 5, InclusionRank = 50, Never = 255;

    /// <summary>Elements inside a label that begin on a line of their own.</summary>
    private static readonly HashSet<string> Blocks = new(["Para", "List", "ListItem", "Table", "Row", "Cell", "Fragment", "Caption"], StringComparer.OrdinalIgnoreCase);

    private static readonly PropertyDefinition[] Defined =
    [
        new("kind", PropertyType.String, Description: "Kind of class"),
        new("usage", PropertyType.String, Description: "Part in dual codes"),
        new("aster", PropertyType.Code, Description: "Asterisk code beside it"),
        new("dagger", PropertyType.Code, Description: "Dagger code beside it"),
    ];

    public override void Load(ReleaseInfo info, IReleaseContent? basis, IReleaseSink sink, LoadReport report, CancellationToken cancel)
    {
        report.Progress.Step = file.Path;
        var root = SafeXml.Load(file).Root!;
        sink.Begin(info with { CodeSystem = info.CodeSystem! with { Url = new(info.Id.Url), Version = info.Id.Version, Properties = Defined } });
        new Reading(root, new ClassificationSink(sink), report.Begin(file.Path), info.CodeSystem!.Language ?? "en").Run(cancel);
    }

    /// <summary>One pass over one document.</summary>
    private sealed class Reading(XElement root, ClassificationSink classes, FileReport counts, string language)
    {
        private readonly Dictionary<string, XElement> _byCode = new(StringComparer.Ordinal);
        private readonly DualReferences _references = new();
        private readonly ILookup<string, XElement> _modifiers = root.Elements("ModifierClass").ToLookup(value => Attribute(value, "modifier"), StringComparer.Ordinal);

        public void Run(CancellationToken cancel)
        {
            foreach (var item in root.Elements("Class"))
            {
                counts.Row();
                var code = Attribute(item, "code");
                if (code.Length == 0) counts.Reject(Line(item), "a Class has no code.");
                else if (!_byCode.TryAdd(code, item)) counts.Reject(Line(item), $"the code {code} stands above already; the first one counts.");
                else Class(item, code);
                if (counts.Read % 1024 == 0) cancel.ThrowIfCancellationRequested();
            }
            foreach (var (code, item) in _byCode)
            {
                foreach (var super in Codes(item, "SuperClass"))
                {
                    if (_byCode.ContainsKey(super)) classes.Parent(code, super);
                    else counts.Warn(Line(item), $"the superclass {super} of {code} is not in the file.");
                }
                if (!item.Elements("SubClass").Any()) Modify(code, [Preferred(item)], ModifiersOf(item), 0);
            }
            _references.Push(classes);
        }

        private void Class(XElement item, string code)
        {
            var kind = Attribute(item, "kind") is { Length: > 0 } said ? said : "category";
            classes.Add(code, isAbstract: kind is "chapter" or "block");
            classes.Note(code, "kind", kind);
            classes.Note(code, "usage", Attribute(item, "usage"));
            Rubrics(item, code, withTitle: true);
        }

        private void Rubrics(XElement item, string code, bool withTitle)
        {
            foreach (var label in item.Elements("Rubric").Elements("Label"))
            {
                var kind = Attribute(label.Parent!, "kind");
                References(label, code, Attribute(item, "usage"), kind);
                var (text, spoken) = (TextOf(label), (string?)label.Attribute(XNamespace.Xml + "lang") ?? language);
                switch (kind)
                {
                    case "preferred":
                        if (withTitle) classes.Title(code, text, 0, null, spoken);
                        break;
                    case "preferredLong":
                        if (withTitle) classes.Title(code, text, LongRank, null, spoken);
                        break;
                    case "inclusion":
                        classes.Title(code, text, InclusionRank, null, spoken);
                        classes.Note(code, kind, text);
                        break;
                    case "definition":
                        classes.Title(code, text, Never, DesignationUses.Definition, spoken);
                        break;
                    default:
                        classes.Note(code, kind, text);
                        break;
                }
            }
        }

        /// <summary>What a label refers to as asterisk or dagger code. What is excluded is no pair, whatever its mark.</summary>
        private void References(XElement label, string code, string ownUsage, string kind)
        {
            foreach (var reference in label.Descendants("Reference"))
            {
                var usage = Attribute(reference, "usage");
                if (usage is "aster" or "dagger" && kind != "exclusion") _references.Add(code, ownUsage, usage, CodeOf(reference));
                else if (usage.Length > 0 && kind == "preferred") classes.Note(code, usage, CodeOf(reference));
            }
        }

        /// <summary>The codes of a class with the values of its modifier at this place, and below each those of the next.</summary>
        private void Modify(string code, IReadOnlyList<string> title, IReadOnlyList<ModifierUse> modifiers, int at)
        {
            if (at == modifiers.Count) return;
            foreach (var value in modifiers[at].Values)
            {
                var suffix = Attribute(value, "code");
                var full = suffix.StartsWith('.') || code.Contains('.') ? code + suffix : $"{code}.{suffix}";
                if (_byCode.ContainsKey(full)) continue; // The class says more than the modifier.
                if (!classes.Add(full, isAbstract: false))
                {
                    counts.Warn(Line(value), $"two modifiers make the code {full}; the first one counts.");
                    continue;
                }
                IReadOnlyList<string> words = [.. title, Preferred(value)];
                classes.Parent(full, code);
                classes.Note(full, "kind", "category");
                classes.Note(full, "usage", Attribute(value, "usage"));
                classes.Title(full, string.Join(": ", words), 0, null, language);
                Rubrics(value, full, withTitle: false);
                Modify(full, words, modifiers, at + 1);
            }
        }

        private sealed record ModifierUse(string Modifier, IReadOnlyList<XElement> Values);

        /// <summary>The modifiers of a class and of those above it that it does not exclude: fourth characters first, then from the outermost in.</summary>
        private ModifierUse[] ModifiersOf(XElement item)
        {
            var (excluded, found, passed) = (new HashSet<string>(StringComparer.Ordinal), new List<ModifierUse>(), new HashSet<XElement>());
            for (var at = item; at is not null && passed.Add(at); at = Codes(at, "SuperClass").Select(code => _byCode.GetValueOrDefault(code)).FirstOrDefault())
            {
                excluded.UnionWith(Codes(at, "ExcludeModifier"));
                var own = at.Elements("ModifiedBy").Where(modified => !excluded.Contains(Attribute(modified, "code")) && found.All(known => known.Modifier != Attribute(modified, "code"))).Select(UseOf);
                found.InsertRange(0, own.Where(modification => modification.Values.Count > 0).ToArray());
            }
            return [.. found.OrderBy(modification => Attribute(modification.Values[0], "code").StartsWith('.') ? 0 : 1)];
        }

        private ModifierUse UseOf(XElement modified)
        {
            var valid = Codes(modified, "ValidModifierClass").ToHashSet(StringComparer.Ordinal);
            var modifier = Attribute(modified, "code");
            return new(modifier, [.. _modifiers[modifier].Where(value => Attribute(value, "code") is { Length: > 0 } code && (valid.Count == 0 || valid.Contains(code)))]);
        }
    }

    private static string Preferred(XElement item)
        => item.Elements("Rubric").FirstOrDefault(rubric => Attribute(rubric, "kind") == "preferred")?.Element("Label") is { } label ? TextOf(label) : "";

    /// <summary>A label as a person reads it: blocks separated, references in brackets with dagger and asterisk.</summary>
    private static string TextOf(XElement label)
    {
        var text = new StringBuilder();
        Append(label);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        void Append(XElement element)
        {
            foreach (var node in element.Nodes())
            {
                if (node is XText plain)
                {
                    text.Append(plain.Value);
                }
                else if (node is XElement { Name.LocalName: "Reference" } reference)
                {
                    var mark = Attribute(reference, "usage") switch { "aster" => "*", "dagger" => "†", _ => "" };
                    text.Append(Attribute(reference, "class") == "in brackets" ? $" ({reference.Value.Trim()}{mark})" : reference.Value + mark);
                }
                else if (node is XElement inner)
                {
                    if (Blocks.Contains(inner.Name.LocalName)) text.Append(' ');
                    Append(inner);
                    if (Blocks.Contains(inner.Name.LocalName)) text.Append(' ');
                }
            }
        }
    }

    private static string CodeOf(XElement reference) => Attribute(reference, "code") is { Length: > 0 } code ? code : reference.Value.Trim();

    private static IEnumerable<string> Codes(XElement element, string name) => element.Elements(name).Select(child => Attribute(child, "code")).Where(code => code.Length > 0);

    private static string Attribute(XElement element, string name) => ((string?)element.Attribute(name) ?? "").Trim();

    private static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
