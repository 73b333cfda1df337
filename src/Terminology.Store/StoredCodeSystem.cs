using System.Runtime.InteropServices;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Search;
using Terminology.Store.Files;
using Terminology.Store.Refsets;
using Terminology.Store.Search;
using Terminology.Store.Terms;

namespace Terminology.Store;

/// <summary>The code system of a release file; every answer is read from mapped columns. Hierarchy and replay have files of their own.</summary>
internal sealed partial class StoredCodeSystem : ICodeSystem
{
    private readonly MappedFile _file;
    private readonly ReleaseHeader _header;
    private readonly bool _numeric;
    private readonly Column<long> _codes;
    private readonly Column<byte> _codeHeap, _flags, _termHeap, _valueHeap, _keyHeap, _designationIds;
    private readonly Column<uint> _codeOffsets, _termOffsets, _valueOffsets, _keyOffsets, _designationIdOffsets;
    private readonly Column<int> _codeTable, _foldedTable, _designationStarts, _designationTimes, _propertyStarts, _acceptabilityStarts;
    private readonly Column<DesignationKind> _designationKinds;
    private readonly Column<ushort> _designationModules, _acceptabilities;
    private readonly Column<ValueRow> _propertyRows;
    private readonly string[] _modules;
    private readonly string[] _languageRefsets;
    private readonly Lazy<ConceptSet> _active;
    private readonly Lazy<ConceptSet> _roots;
    private readonly Lazy<ITermSearch> _search;

    public StoredCodeSystem(MappedFile file, ReleaseHeader header)
    {
        (_file, _header, _numeric) = (file, header, header.Info.NumericCodes);
        Info = header.Info.CodeSystem!;
        _codes = file.Column<long>(SectionId.Codes);
        (_codeHeap, _codeOffsets) = (file.Column<byte>(SectionId.CodeHeap), file.Column<uint>(SectionId.CodeOffsets));
        (_codeTable, _foldedTable) = (file.Column<int>(SectionId.CodeTable), file.Column<int>(SectionId.FoldedTable));
        _flags = file.Column<byte>(SectionId.Flags);
        (_keyHeap, _keyOffsets) = (file.Column<byte>(SectionId.KeyHeap), file.Column<uint>(SectionId.KeyOffsets));
        (_termHeap, _termOffsets) = (file.Column<byte>(SectionId.TermHeap), file.Column<uint>(SectionId.TermOffsets));
        _designationStarts = file.Column<int>(SectionId.DesignationStarts);
        (_designationIds, _designationIdOffsets) = (file.Column<byte>(SectionId.DesignationIds), file.Column<uint>(SectionId.DesignationIdOffsets));
        _designationKinds = file.Column<DesignationKind>(SectionId.DesignationKinds);
        _designationTimes = file.Column<int>(SectionId.DesignationTimes);
        _designationModules = file.Column<ushort>(SectionId.DesignationModules);
        (_acceptabilityStarts, _acceptabilities) = (file.Column<int>(SectionId.AcceptabilityStarts), file.Column<ushort>(SectionId.Acceptabilities));
        (_propertyStarts, _propertyRows) = (file.Column<int>(SectionId.PropertyStarts), file.Column<ValueRow>(SectionId.PropertyRows));
        (_valueHeap, _valueOffsets) = (file.Column<byte>(SectionId.ValueHeap), file.Column<uint>(SectionId.ValueOffsets));
        OpenHierarchy(file);
        Count = checked((int)_codes.Length);
        CheckLengths();
        _modules = [.. header.Modules.Select(KeyText)];
        _languageRefsets = [.. header.Refsets.Where(refset => refset.Type == RefsetType.Language).Select(refset => refset.Id)];
        _active = new(() => Where(static flags => (flags & (byte)ConceptFlags.Inactive) == 0));
        _roots = new(FindRoots);
        _search = new(() => new SearchIndex(file, this));
        Refsets = header.Refsets.Count > 0 ? new StoredRefsets(file, header, this) : null;
    }

    public CodeSystemInfo Info { get; }

    public int Count { get; }

    public IRefsets? Refsets { get; }

    public ConceptSet All => ConceptSet.Run(0, Count);

    public ConceptSet Active => _active.Value;

    public ConceptSet Roots => _roots.Value;

    public ITermSearch Search => _search.Value;

    public bool TryFind(ReadOnlySpan<byte> code, out ConceptOrdinal concept)
    {
        concept = _numeric ? FindNumber(code) : FindText(code);
        return concept.Exists;
    }

    public ReadOnlySpan<byte> Code(ConceptOrdinal concept)
    {
        var start = _codeOffsets[concept.Value];
        return _codeHeap.Slice(start, (int)(_codeOffsets[concept.Value + 1L] - start));
    }

    public ConceptFlags Flags(ConceptOrdinal concept) => (ConceptFlags)_flags[concept.Value];

    public ReadOnlySpan<byte> Display(ConceptOrdinal concept)
    {
        var designations = Designations(concept);
        if (designations.Count == 0) return default;
        var kind = _designationKinds[designations.Start];
        return kind.DisplayRank == 255 || (kind.Flags & 1) == 0 && designations.Count == 0 ? default : Term(designations.Start);
    }

    public IndexRange Designations(ConceptOrdinal concept)
    {
        var start = _designationStarts[concept.Value];
        return new(start, _designationStarts[concept.Value + 1L] - start);
    }

    public DesignationView Designation(int designation)
    {
        var kind = _designationKinds[designation];
        return new()
        {
            Value = Term(designation),
            Language = _header.Languages[kind.Language],
            Use = _header.Uses[kind.Use],
            Id = DesignationId(designation),
            Active = (kind.Flags & 1) != 0,
            CaseSignificance = (CaseSignificance)(kind.Flags >> 1),
            EffectiveTime = new(_designationTimes[designation]),
            Module = _modules[_designationModules[designation]],
        };
    }

    public Acceptability Acceptability(int designation, string languageRefset)
    {
        var refset = Array.IndexOf(_languageRefsets, languageRefset);
        if (refset < 0) return CodeSystems.Acceptability.None;
        for (var at = _acceptabilityStarts[designation]; at < _acceptabilityStarts[designation + 1L]; at++)
        {
            var entry = _acceptabilities[at];
            if ((entry & 0xFF) == refset) return (Acceptability)(entry >> 8);
        }
        return CodeSystems.Acceptability.None;
    }

    public IndexRange Properties(ConceptOrdinal concept)
    {
        var start = _propertyStarts[concept.Value];
        return new(start, _propertyStarts[concept.Value + 1L] - start);
    }

    public PropertyView Property(int property)
    {
        ref readonly var row = ref _propertyRows[property];
        return new()
        {
            Property = row.Property,
            Group = row.Group,
            Concept = new(row.Value >= 0 ? row.Value : -1),
            Value = row.Value >= 0 ? Code(new(row.Value)) : ValueText(~row.Value),
        };
    }

    internal string Module(int module) => _modules[module];

    internal string KeyText(long key)
    {
        if (key == Keys.None) return "";
        return key >= 0 ? key.ToString(System.Globalization.CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(KeyBytes(key));
    }

    private ReadOnlySpan<byte> KeyBytes(long key)
    {
        var handle = ~key;
        var start = _keyOffsets[handle];
        return _keyHeap.Slice(start, (int)(_keyOffsets[handle + 1] - start));
    }

    private ReadOnlySpan<byte> DesignationId(int designation)
    {
        var start = _designationIdOffsets[designation];
        return _designationIds.Slice(start, (int)(_designationIdOffsets[designation + 1L] - start));
    }

    private ReadOnlySpan<byte> Term(int designation)
    {
        var start = _termOffsets[designation];
        return _termHeap.Slice(start, (int)(_termOffsets[designation + 1L] - start));
    }

    private ReadOnlySpan<byte> ValueText(int value)
    {
        var start = _valueOffsets[value];
        return _valueHeap.Slice(start, (int)(_valueOffsets[value + 1L] - start));
    }

    private ConceptOrdinal FindNumber(ReadOnlySpan<byte> code)
    {
        if (!Keys.TryNumber(code, out var number)) return ConceptOrdinal.None;
        for (var at = (long)(KeyRows.Mix(number) & (ulong)(_codeTable.Length - 1)); _codeTable[at] is not 0 and var entry; at = (at + 1) & (_codeTable.Length - 1))
        {
            if (_codes[entry - 1] == number) return new(entry - 1);
        }
        return ConceptOrdinal.None;
    }

    private ConceptOrdinal FindText(ReadOnlySpan<byte> code)
    {
        for (var at = (long)(CodeHash.Of(code) & (ulong)(_codeTable.Length - 1)); _codeTable[at] is not 0 and var entry; at = (at + 1) & (_codeTable.Length - 1))
        {
            if (Code(new(entry - 1)).SequenceEqual(code)) return new(entry - 1);
        }
        if (_foldedTable.Length == 0) return ConceptOrdinal.None;
        for (var at = (long)(CodeHash.OfFolded(code) & (ulong)(_foldedTable.Length - 1)); _foldedTable[at] is not 0 and var entry; at = (at + 1) & (_foldedTable.Length - 1))
        {
            if (Ascii.EqualsIgnoreCase(Code(new(entry - 1)), code)) return new(entry - 1);
        }
        return ConceptOrdinal.None;
    }

    private ConceptSet Where(Func<byte, bool> fits)
    {
        var runs = new List<(int Start, int End)>();
        var start = -1;
        for (var i = 0; i < Count; i++)
        {
            if (fits(_flags[i]))
            {
                if (start < 0) start = i;
            }
            else if (start >= 0)
            {
                runs.Add((start, i));
                start = -1;
            }
        }
        if (start >= 0) runs.Add((start, Count));
        return ConceptSet.FromRuns(CollectionsMarshal.AsSpan(runs));
    }

    /// <summary>Lengths that belong together, so that a damaged file is an error when it is opened.</summary>
    private void CheckLengths()
    {
        var designations = _designationStarts.Length == Count + 1L ? _designationStarts[Count] : -1;
        var sound = _codeOffsets.Length == Count + 1L && _flags.Length == Count && _propertyStarts.Length == Count + 1L && _codeTable.Length > Count
            && designations >= 0 && _termOffsets.Length == designations + 1L && _designationKinds.Length == designations && _propertyStarts[Count] == _propertyRows.Length
            && _codeOffsets[Count] == _codeHeap.Length && _termOffsets[designations] == _termHeap.Length && HierarchyIsSound();
        if (!sound) throw new Issues.StoreFormat(_file.Path, "sections do not fit together; 'terminology verify' names the damaged ones, importing the release again mends it.");
    }
}
