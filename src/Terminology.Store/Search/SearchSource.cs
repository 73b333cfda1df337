using Terminology.CodeSystems;
using Terminology.Store.Hierarchy;
using Terminology.Store.Terms;

namespace Terminology.Store.Search;

/// <summary>What the search index is built from: the designations of a release in their final order.</summary>
internal sealed class SearchSource(ReleaseRows rows, HierarchyBuilder hierarchy, DesignationOrder order)
{
    /// <summary>How many concepts.</summary>
    public int Concepts => hierarchy.RowOf.Length;

    /// <summary>How many designations.</summary>
    public int Designations => order.Rows.Length;

    /// <summary>First designation of a concept; that of the next one ends them.</summary>
    public int FirstDesignation(int concept) => order.Starts[concept];

    /// <summary>Is the concept inactive?</summary>
    public bool IsInactive(int concept) => (rows.Concepts[hierarchy.RowOf[concept]].Flags & (byte)ConceptFlags.Inactive) != 0;

    /// <summary>The text of a designation.</summary>
    public ReadOnlySpan<byte> Term(int designation)
    {
        ref var row = ref rows.Designations[order.Rows[designation]];
        return rows.Text.At(row.Text, row.Length);
    }

    /// <summary>Is it searched? Inactive designations and definitions are not.</summary>
    public bool IsSearched(int designation)
    {
        ref var row = ref rows.Designations[order.Rows[designation]];
        return row.Active && row.DisplayRank < 255;
    }
}
