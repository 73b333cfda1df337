using Terminology.CodeSystems;
using Terminology.Maps;
using Terminology.Releases;
using Terminology.Store.Files;

namespace Terminology.Store;

/// <summary>
/// Everything pushed so far, as rows over keys; of two rows with one identity the later effective time is kept, of equal ones the later pushed.
/// Rows are read on the caller's thread and filed on another; they are all there after <see cref="Seal"/>.
/// </summary>
internal sealed class ReleaseRows : IDisposable
{
    private readonly RowQueue _queue = new();
    private readonly RowQueue.Lane<ConceptRow> _concepts;
    private readonly RowQueue.Lane<DesignationRow> _designations;
    private readonly RowQueue.Lane<RelationshipRow> _relationships;
    private readonly RowQueue.Lane<PropertyRow> _properties;
    private readonly RowQueue.Lane<MemberRow> _members;
    private readonly Dictionary<Coding, int> _uses = [];
    private readonly Dictionary<string, int> _languages = new(StringComparer.Ordinal);
    private readonly KeyRows _moduleIndexes = new();
    private KeyRows _designationIds = new(), _relationshipIds = new(), _propertyIds = new(), _memberIds = new();

    public ReleaseRows()
    {
        _concepts = _queue.Open<ConceptRow>(File);
        _designations = _queue.Open((in DesignationRow row) => Keep(Designations, _designationIds, row.Id, row, row.Time));
        _relationships = _queue.Open((in RelationshipRow row) => Keep(Relationships, _relationshipIds, row.Id, row, row.Time));
        _properties = _queue.Open((in PropertyRow row) => Keep(Properties, _propertyIds, row.Id, row, row.Time));
        _members = _queue.Open<MemberRow>(File);
    }

    public ReleaseInfo? Info { get; set; }

    public Keys Keys { get; } = new();

    public KeyRows ConceptIndex { get; } = new();

    public Rows<ConceptRow> Concepts { get; } = new();

    public Rows<DesignationRow> Designations { get; } = new();

    public Rows<RelationshipRow> Relationships { get; } = new();

    public Rows<PropertyRow> Properties { get; } = new();

    public Rows<MemberRow> Members { get; } = new();

    public ByteHeap Text { get; } = new();

    public List<Coding> Uses { get; } = [];

    public List<string> Languages { get; } = [];

    /// <summary>Keys of modules, by the index that rows carry; index 0 is "none".</summary>
    public List<long> Modules { get; } = [Keys.None];

    public List<PropertyDefinition> PropertyDefinitions { get; } = [];

    public Dictionary<long, int> PropertyIndex { get; } = [];

    public SortedDictionary<long, RefsetInfo> Refsets { get; } = [];

    public List<(ConceptMapInfo Info, List<(int Group, MapElement Element)> Elements)> Maps { get; } = [];

    public List<ResourceRecord> Resources { get; } = [];

    public void Concept(in ConceptRecord record) => _concepts.Add(new(
        Keys.Of(record.Code), record.EffectiveTime.Value, Module(record.Module), Keys.Of(record.DefinitionStatus), (byte)record.Flags));

    public void Designation(in DesignationRecord record) => _designations.Add(new(
        Keys.Of(record.Id), Keys.Of(record.Concept), Text.Add(record.Value), record.Value.Length, record.EffectiveTime.Value, Module(record.Module),
        (ushort)Use(record.Use), (byte)Language(record.Language ?? ""), record.DisplayRank, record.Active, (byte)record.CaseSignificance));

    public void Relationship(in RelationshipRecord record) => _relationships.Add(new(
        Keys.Of(record.Id), Keys.Of(record.Source), Keys.Of(record.Type), Keys.Of(record.Target), Keys.Of(record.CharacteristicType), record.Group,
        record.EffectiveTime.Value, Module(record.Module), record.Active));

    public void Property(in PropertyRecord record) => _properties.Add(new(
        Keys.Of(record.Id), Keys.Of(record.Concept), PropertyOf(record.Property, record.Type), Text.Add(record.Value), record.Value.Length, record.Group,
        record.EffectiveTime.Value, Module(record.Module), record.Active));

    public void Member(in MemberRecord record)
    {
        var (high, low) = MemberId(record.Id);
        _members.Add(new(
            high, low, Keys.Of(record.Refset), Keys.Of(record.ReferencedComponent), record.Fields.Length == 0 ? 0 : Text.Add(record.Fields), record.Fields.Length,
            record.EffectiveTime.Value, Module(record.Module), record.Active));
    }

    /// <summary>No more rows will come: returns when all are filed and the tables that found rows of equal identity are forgotten.</summary>
    public void Seal()
    {
        _queue.Drain();
        _designationIds = _relationshipIds = _propertyIds = _memberIds = new();
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    public int PropertyOf(ReadOnlySpan<byte> code, PropertyType type)
    {
        var key = Keys.Of(code);
        if (PropertyIndex.TryGetValue(key, out var index)) return index;
        PropertyIndex[key] = PropertyDefinitions.Count;
        PropertyDefinitions.Add(new(System.Text.Encoding.UTF8.GetString(code), type));
        return PropertyDefinitions.Count - 1;
    }

    private void File(in ConceptRow row)
    {
        var at = ConceptIndex.FindOrAdd(row.Code, Concepts.Count);
        if (at == Concepts.Count) Concepts.Add(row);
        else if (row.Time >= Concepts[at].Time) Concepts[at] = row;
    }

    private void File(in MemberRow row)
    {
        // A hash of 128 random bits in 64: two members that share it are told apart by the whole id.
        var at = _memberIds.FindOrAdd(row.High ^ (row.Low * 31), Members.Count);
        if (at == Members.Count || Members[at].High != row.High || Members[at].Low != row.Low) Members.Add(row);
        else if (row.Time >= Members[at].Time) Members[at] = row;
    }

    private static void Keep<T>(Rows<T> rows, KeyRows ids, long id, in T row, int time)
        where T : struct, IDated
    {
        var at = id == Keys.None ? rows.Count : ids.FindOrAdd(id, rows.Count);
        if (at == rows.Count) rows.Add(row);
        else if (time >= rows[at].Time) rows[at] = row;
    }

    private ushort Module(ReadOnlySpan<byte> module)
    {
        if (module.IsEmpty) return 0;
        var key = Keys.Of(module);
        var index = _moduleIndexes.FindOrAdd(key, Modules.Count);
        if (index == Modules.Count) Modules.Add(key);
        return checked((ushort)index);
    }

    private int Use(Coding use)
    {
        if (_uses.TryGetValue(use, out var index)) return index;
        Uses.Add(use);
        return _uses[use] = Uses.Count - 1;
    }

    private int Language(string language)
    {
        if (_languages.TryGetValue(language, out var index)) return index;
        if (Languages.Count == 255) throw new Issues.ReleaseFormat($"more than 255 languages; is '{language}' one?");
        Languages.Add(language);
        return _languages[language] = Languages.Count - 1;
    }

    private (long High, long Low) MemberId(ReadOnlySpan<byte> id)
    {
        if (id.Length == 36 && Guid.TryParse(id, out var guid) && Lower(id))
        {
            Span<byte> bytes = stackalloc byte[16];
            guid.TryWriteBytes(bytes);
            var (high, low) = (BitConverter.ToInt64(bytes), BitConverter.ToInt64(bytes[8..]));
            if (high != Keys.None) return (high, low);
        }
        return (Keys.None, Keys.Of(id));
    }

    private static bool Lower(ReadOnlySpan<byte> id) => id.IndexOfAnyInRange((byte)'A', (byte)'F') < 0;

    /// <summary>The id of a member as it was written.</summary>
    public static string MemberIdText(long high, long low, Func<long, string> textOf)
    {
        if (high == Keys.None) return textOf(low);
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, high);
        BitConverter.TryWriteBytes(bytes[8..], low);
        return new Guid(bytes).ToString();
    }
}

/// <summary>A row that says when its state was published.</summary>
internal interface IDated
{
    /// <summary>Effective time as a number, YYYYMMDD.</summary>
    int Time { get; }
}

internal readonly record struct ConceptRow(long Code, int Time, ushort Module, long DefinitionStatus, byte Flags);

internal readonly record struct DesignationRow(
    long Id, long Concept, long Text, int Length, int Time, ushort Module, ushort Use, byte Language, byte DisplayRank, bool Active, byte CaseSignificance) : IDated;

internal readonly record struct RelationshipRow(
    long Id, long Source, long Type, long Target, long CharacteristicType, int Group, int Time, ushort Module, bool Active) : IDated;

internal readonly record struct PropertyRow(
    long Id, long Concept, int Property, long Text, int Length, int Group, int Time, ushort Module, bool Active) : IDated;

internal readonly record struct MemberRow(
    long High, long Low, long Refset, long Component, long Text, int Length, int Time, ushort Module, bool Active);
