using System.Globalization;
using System.Text;
using System.Text.Json;
using Terminology.CodeSystems;
using Terminology.Releases;
using Terminology.Store.Files;
using Terminology.Store.Hierarchy;
using Terminology.Store.Maps;
using Terminology.Store.Refsets;
using Terminology.Store.Search;
using Terminology.Store.Terms;

namespace Terminology.Store;

/// <summary>Joins the rows of a release by code and writes the sections, one theme after the other.</summary>
internal sealed class ReleaseWriter(ReleaseRows rows, SectionWriter writer, LoadReport report, CancellationToken cancel)
{
    private const string Inferred = "900000000000011006", FullyDefined = "900000000000073002";

    private HierarchyBuilder _hierarchy = null!;

    public void Write()
    {
        var info = rows.Info ?? throw new InvalidOperationException("Begin was not called.");
        rows.Seal();
        if (info.CodeSystem is not null)
        {
            AddConceptProperties(info);
            Step("Building the hierarchy");
            WriteHierarchy(info);
            Step("Writing concepts");
            WriteConcepts(info);
            Step("Writing designations");
            var designations = new DesignationWriter(rows, _hierarchy, writer, report, OrdinalOf).Write(info);
            WriteBesideSearch(new SearchSource(rows, _hierarchy, designations), info);
        }
        Step("Writing maps and resources");
        MapWriter.Write(rows.Maps, writer, cancel);
        ResourceStore.Write(rows.Resources, writer);
        WriteKeys();
        WriteInfo(info);
    }

    /// <summary>The search index is built on a second thread while the sections that it does not need are written.</summary>
    private void WriteBesideSearch(SearchSource source, ReleaseInfo info)
    {
        var index = Task.Run(() => SearchIndexBuilder.Build(source, cancel), cancel);
        try
        {
            Step("Writing properties");
            Reclaim();
            new PropertyWriter(rows, _hierarchy, writer, report, OrdinalOf, IsInferred).Write(info);
            Step("Writing relationships");
            WriteRelationships();
            rows.Properties.Clear();
            rows.Relationships.Clear();
            Reclaim();
            Step("Writing reference sets");
            new RefsetWriter(rows, writer, OrdinalOf, _hierarchy.RowOf.Length).Write();
            rows.Members.Clear();
            Step("Building the search index");
        }
        finally
        {
            Task.WaitAny(index);
        }
        index.GetAwaiter().GetResult().Write(writer);
    }

    private void Step(string name)
    {
        cancel.ThrowIfCancellationRequested();
        report.Progress.Step = name;
    }

    /// <summary>Gives the memory of the last step back before the next one asks for its own; only worth its time for large releases.</summary>
    private void Reclaim()
    {
        if (rows.Concepts.Count > 100_000) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private int OrdinalOf(long code) => rows.ConceptIndex.Find(code) is >= 0 and var row ? _hierarchy.OrdinalOf[row] : -1;

    private bool IsInferred(in RelationshipRow row) => row.Active && (row.CharacteristicType == Keys.None || row.CharacteristicType == _inferred);

    private readonly long _inferred = long.Parse(Inferred, CultureInfo.InvariantCulture);

    /// <summary>What SNOMED CT says of a concept itself, as the properties that FHIR names: moduleId, effectiveTime, sufficientlyDefined, inactive.</summary>
    private void AddConceptProperties(ReleaseInfo info)
    {
        if (info.Format != "snomed-rf2") return;
        var module = rows.PropertyOf("moduleId"u8, PropertyType.Code);
        var time = rows.PropertyOf("effectiveTime"u8, PropertyType.DateTime);
        var defined = rows.PropertyOf("sufficientlyDefined"u8, PropertyType.Boolean);
        var inactive = rows.PropertyOf("inactive"u8, PropertyType.Boolean);
        var fullyDefined = long.Parse(FullyDefined, CultureInfo.InvariantCulture);
        var (yes, no) = (rows.Text.Add("true"u8), rows.Text.Add("false"u8));
        Span<byte> buffer = stackalloc byte[20];
        for (var i = 0; i < rows.Concepts.Count; i++)
        {
            var concept = rows.Concepts[i];
            if (concept.Module != 0) Add(module, rows.Keys.Write(rows.Modules[concept.Module], buffer));
            if (concept.Time != 0) Add(time, Encoding.UTF8.GetBytes(Iso(concept.Time)));
            if (concept.DefinitionStatus != Keys.None) AddText(defined, concept.DefinitionStatus == fullyDefined);
            AddText(inactive, (concept.Flags & (byte)ConceptFlags.Inactive) != 0);

            void Add(int property, ReadOnlySpan<byte> value) => rows.Properties.Add(
                new(DerivedProperty, concept.Code, property, rows.Text.Add(value), value.Length, 0, 0, 0, true));
            void AddText(int property, bool value) => rows.Properties.Add(new(DerivedProperty, concept.Code, property, value ? yes : no, value ? 4 : 5, 0, 0, 0, true));
        }
    }

    private static string Iso(int time) => string.Create(CultureInfo.InvariantCulture, $"{time / 10000:0000}-{time / 100 % 100:00}-{time % 100:00}");

    /// <summary>The id of property rows that come from the concept's own columns: never replayed.</summary>
    public const long DerivedProperty = long.MinValue + 1;

    private void WriteHierarchy(ReleaseInfo info)
    {
        var type = rows.Keys.Of(Encoding.UTF8.GetBytes(info.HierarchyType));
        var edges = new List<(int Child, int Parent)>(rows.Concepts.Count * 2);
        var dangling = 0;
        for (var i = 0; i < rows.Relationships.Count; i++)
        {
            ref var row = ref rows.Relationships[i];
            if (row.Type != type || !IsInferred(row)) continue;
            var (child, parent) = (rows.ConceptIndex.Find(row.Source), rows.ConceptIndex.Find(row.Target));
            if (child >= 0 && parent >= 0) edges.Add((child, parent));
            else dangling++;
        }
        if (dangling > 0) report.Warn("(hierarchy)", 0, $"{dangling:N0} links name a concept that the release does not have; they are kept as rows and make no hierarchy.");
        _hierarchy = HierarchyBuilder.Build(rows.Concepts.Count, edges, row => (rows.Concepts[row].Flags & (byte)ConceptFlags.Inactive) != 0, CodeText);
        writer.Add<int>(SectionId.ParentStarts, _hierarchy.Parents.Starts);
        writer.Add<int>(SectionId.Parents, _hierarchy.Parents.Values);
        writer.Add<int>(SectionId.ChildStarts, _hierarchy.Children.Starts);
        writer.Add<int>(SectionId.Children, _hierarchy.Children.Values);
        writer.Add<int>(SectionId.LastDescendants, _hierarchy.Last);
        writer.Add<int>(SectionId.ExtraStarts, _hierarchy.Extras.Starts);
        writer.Add<int>(SectionId.Extras, _hierarchy.Extras.Values);
    }

    private string CodeText(int row) => Encoding.UTF8.GetString(rows.Keys.Write(rows.Concepts[row].Code, stackalloc byte[20]));

    private void WriteConcepts(ReleaseInfo info)
    {
        var count = _hierarchy.RowOf.Length;
        var numeric = info.NumericCodes;
        var (codes, flags, times, modules, status) = (new long[count], new byte[count], new int[count], new ushort[count], new long[count]);
        var offsets = new uint[count + 1];
        Span<byte> buffer = stackalloc byte[20];
        using (var heap = writer.Begin(SectionId.CodeHeap))
        {
            for (var ordinal = 0; ordinal < count; ordinal++)
            {
                var row = rows.Concepts[_hierarchy.RowOf[ordinal]];
                (codes[ordinal], flags[ordinal], times[ordinal], modules[ordinal], status[ordinal]) = (row.Code, row.Flags, row.Time, row.Module, row.DefinitionStatus);
                if (numeric && row.Code < 0) throw new Issues.ReleaseFormat($"the code '{Encoding.UTF8.GetString(rows.Keys.Text((int)~row.Code))}' is no whole number, as codes of {info.Id.Url} are.");
                heap.Write(rows.Keys.Write(row.Code, buffer));
                offsets[ordinal + 1] = checked((uint)heap.Length);
            }
        }
        writer.Add<uint>(SectionId.CodeOffsets, offsets);
        writer.Add<long>(SectionId.Codes, codes);
        writer.Add<byte>(SectionId.Flags, flags);
        writer.Add<int>(SectionId.ConceptTimes, times);
        writer.Add<ushort>(SectionId.ConceptModules, modules);
        writer.Add<long>(SectionId.DefinitionStatus, status);
        WriteTable(SectionId.CodeTable, count, ordinal => numeric ? KeyRows.Mix(codes[ordinal]) : CodeHash.Of(CodeOf(codes[ordinal])));
        if (!info.CodeSystem!.CaseSensitive) WriteTable(SectionId.FoldedTable, count, ordinal => CodeHash.OfFolded(CodeOf(codes[ordinal])));
    }

    private byte[] CodeOf(long key) => rows.Keys.Write(key, stackalloc byte[20]).ToArray();

    private void WriteTable(SectionId id, int count, Func<int, ulong> hashOf)
    {
        var table = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(count * 2, 16))];
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            var at = (int)(hashOf(ordinal) & (ulong)(table.Length - 1));
            while (table[at] != 0) at = (at + 1) & (table.Length - 1);
            table[at] = ordinal + 1;
        }
        writer.Add<int>(id, table);
    }

    private void WriteRelationships()
    {
        using var section = writer.Begin(SectionId.RelationshipRows);
        for (var i = 0; i < rows.Relationships.Count; i++) section.Write(rows.Relationships[i]);
    }

    private void WriteKeys()
    {
        var offsets = new uint[rows.Keys.TextCount + 1];
        using (var heap = writer.Begin(SectionId.KeyHeap))
        {
            for (var i = 0; i < rows.Keys.TextCount; i++)
            {
                heap.Write(rows.Keys.Text(i));
                offsets[i + 1] = checked((uint)heap.Length);
            }
        }
        writer.Add<uint>(SectionId.KeyOffsets, offsets);
    }

    private void WriteInfo(ReleaseInfo info)
    {
        var header = new ReleaseHeader
        {
            Info = info with { CodeSystem = info.CodeSystem is { } system ? system with { Properties = [.. rows.PropertyDefinitions] } : null },
            DeclaredProperties = info.CodeSystem?.Properties.Count ?? 0,
            Languages = rows.Languages,
            Uses = rows.Uses,
            Modules = rows.Modules,
            Refsets = [.. rows.Refsets.Values],
        };
        writer.Add<byte>(SectionId.Info, JsonSerializer.SerializeToUtf8Bytes(header, StoreJson.Default.ReleaseHeader));
    }
}
