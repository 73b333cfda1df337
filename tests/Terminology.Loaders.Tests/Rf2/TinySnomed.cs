using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Terminology.Loaders.Rf2;

/// <summary>
/// An RF2 package of one test: rows by component, written as the real files of a release type. Components are named by small numbers, which become
/// identifiers with a right partition and check digit.
/// </summary>
internal sealed class TinySnomed(string date = "20260101", string module = TinySnomed.Core)
{
    public const string Core = "900000000000207008", Metadata = "900000000000012004", Root = "138875005", IsAType = "116680003";
    public const string FullySpecifiedName = "900000000000003001", Synonym = "900000000000013009", TextDefinition = "900000000000550004";
    public const string Preferred = "900000000000548007", Acceptable = "900000000000549004", UsEnglish = "900000000000509007";
    public const string CaseInsensitive = "900000000000448009", InitialCharacter = "900000000000020002", CaseSensitive = "900000000000017005";
    private const string Inferred = "900000000000011006", Existential = "900000000000451002", Primitive = "900000000000074008";

    private const string ConceptHeader = "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId";
    private const string DescriptionHeader = "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId";
    private const string RelationshipHeader = "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId";
    private const string ValueHeader = "id\teffectiveTime\tactive\tmoduleId\tsourceId\tvalue\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId";
    private const string MemberHeader = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId";

    private readonly Dictionary<string, (string Header, List<string> Rows)> _files = new(StringComparer.Ordinal)
    {
        ["Terminology/sct2_Concept_{0}_{1}"] = (ConceptHeader, []),
        ["Terminology/sct2_Description_{0}-en_{1}"] = (DescriptionHeader, []),
    };

    private int _next = 1000;

    /// <summary>The identifier of concept number <paramref name="number"/>.</summary>
    public static string Concept(int number) => Sctid(number, "00");

    /// <summary>The identifier of description number <paramref name="number"/>.</summary>
    public static string Description(int number) => Sctid(number, "01");

    /// <summary>The identifier of relationship number <paramref name="number"/>.</summary>
    public static string Relationship(int number) => Sctid(number, "02");

    /// <summary>A concept with its fully specified name.</summary>
    public TinySnomed Add(string concept, string name, bool active = true, string? time = null, string? of = null, string definitionStatus = Primitive)
    {
        Concept(concept, active, time, of, definitionStatus);
        return Term(concept, name, FullySpecifiedName, time: time, of: of);
    }

    /// <summary>A concept row alone.</summary>
    public TinySnomed Concept(string concept, bool active = true, string? time = null, string? of = null, string definitionStatus = Primitive)
        => Row("Terminology/sct2_Concept_{0}_{1}", ConceptHeader, concept, time ?? date, Flag(active), of ?? module, definitionStatus);

    public TinySnomed Term(
        string concept, string term, string type = Synonym, string language = "en", string? id = null, bool active = true, string? time = null, string? of = null, string rule = CaseInsensitive)
    {
        var kind = type == TextDefinition ? "TextDefinition" : "Description";
        return Row($"Terminology/sct2_{kind}_{{0}}-{language}_{{1}}", DescriptionHeader, id ?? Description(_next++), time ?? date, Flag(active), of ?? module, concept, language, type, term, rule);
    }

    public TinySnomed IsA(string child, string parent, string? id = null, bool active = true, string? time = null) => Link(child, IsAType, parent, id: id, active: active, time: time);

    public TinySnomed Link(string source, string type, string target, int group = 0, string? id = null, bool active = true, string? time = null, string kind = Inferred)
        => Row("Terminology/sct2_Relationship_{0}_{1}", RelationshipHeader, id ?? Relationship(_next++), time ?? date, Flag(active), module, source, target, Number(group), type, kind, Existential);

    public TinySnomed Value(string source, string type, string value, int group = 0, string? id = null, bool active = true, string? time = null)
        => Row("Terminology/sct2_RelationshipConcreteValues_{0}_{1}", ValueHeader, id ?? Relationship(_next++), time ?? date, Flag(active), module, source, value, Number(group), type, Inferred, Existential);

    public TinySnomed Identifier(string alternate, string scheme, string component)
        => Row("Terminology/sct2_Identifier_{0}_{1}", "alternateIdentifier\teffectiveTime\tactive\tmoduleId\tidentifierSchemeId\treferencedComponentId", alternate, date, "1", module, scheme, component);

    public TinySnomed Acceptability(string description, string acceptability, string refset = UsEnglish, string language = "en", bool active = true, string? time = null)
        => Member($"Refset/Language/der2_cRefset_Language{{0}}-{language}_{{1}}", "acceptabilityId", refset, description, [acceptability], Uuid($"{refset}|{description}"), active, time);

    /// <summary>A row of a module dependency: what makes an edition.</summary>
    public TinySnomed DependsOn(string other, string otherDate)
        => Member("Refset/Metadata/der2_ssRefset_ModuleDependency{0}_{1}", "sourceEffectiveTime\ttargetEffectiveTime", "900000000000534007", other, [date, otherDate]);

    /// <param name="file">Path with {0} for the release type and {1} for country and date.</param>
    /// <param name="columns">The columns after referencedComponentId, separated by TAB.</param>
    /// <param name="refset">Its identifier.</param>
    /// <param name="component">The member.</param>
    /// <param name="fields">Values of the columns.</param>
    /// <param name="id">UUID; made of the row when not given.</param>
    /// <param name="active">In force?</param>
    /// <param name="time">When.</param>
    public TinySnomed Member(string file, string columns, string refset, string component, string[]? fields = null, string? id = null, bool active = true, string? time = null)
        => Row(file, columns.Length == 0 ? MemberHeader : $"{MemberHeader}\t{columns}", [id ?? Uuid($"{refset}|{component}|{fields?.FirstOrDefault()}"), time ?? date, Flag(active), module, refset, component, .. fields ?? []]);

    /// <summary>Puts a row into a file as it stands, whatever it is.</summary>
    public TinySnomed Raw(string file, string row)
    {
        _files[file].Rows.Add(row);
        return this;
    }

    /// <summary>Writes the files below <c>name/TYPE</c> and answers the folder of the package.</summary>
    public string Write(string folder, string type = "Snapshot", string name = "INT")
    {
        foreach (var (file, (header, rows)) in _files)
        {
            var path = Path.Combine(folder, name, type, string.Format(CultureInfo.InvariantCulture, file, type, $"{name}_{date}") + ".txt");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Join("\r\n", [header, .. rows]) + "\r\n");
        }
        return Path.Combine(folder, name);
    }

    /// <summary>Writes the package and loads it.</summary>
    public ImportedRelease Load(string type = "Snapshot", ImportOptions? options = null, Releases.IReleaseContent? basis = null)
    {
        using var folder = new TemporaryFiles();
        return ImportedRelease.Load(Write(folder.Path, type), options, basis);
    }

    public static string Uuid(string text) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();

    private TinySnomed Row(string file, string header, params string[] fields)
    {
        if (!_files.TryGetValue(file, out var known)) _files[file] = known = (header, []);
        known.Rows.Add(string.Join('\t', fields));
        return this;
    }

    private static string Sctid(int number, string partition)
    {
        var digits = Number(number + 100) + partition;
        return Enumerable.Range(0, 10).Select(check => digits + Number(check)).Single(candidate => CheckDigit.Verhoeff(Encoding.UTF8.GetBytes(candidate)));
    }

    private static string Flag(bool active) => active ? "1" : "0";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
