using System.Runtime.CompilerServices;
using Terminology.CodeSystems;
using Terminology.Store.Files;

namespace Terminology.Store;

/// <summary>Designations by what they are, for filters over many concepts. One call walks millions of rows: it does not wait for the compiler to find that out.</summary>
internal sealed partial class StoredCodeSystem
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Marks DesignationsOf(DesignationKindTest test)
    {
        var kinds = _designationKinds.Span;
        var found = new Marks(kinds.Length);
        var answers = new sbyte[_header.Uses.Count * _header.Languages.Count * 2];
        for (var i = 0; i < kinds.Length; i++)
        {
            var (use, language, active) = (kinds[i].Use, kinds[i].Language, kinds[i].Flags & 1);
            ref var answer = ref answers[(use * _header.Languages.Count + language) * 2 + active];
            if (answer == 0) answer = test(_header.Uses[use], _header.Languages[language], active != 0) ? (sbyte)1 : (sbyte)-1;
            if (answer > 0) found.Add(i);
        }
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Marks DesignationsOf(string languageRefset, bool acceptable, bool preferred)
    {
        var refset = Array.IndexOf(_languageRefsets, languageRefset);
        var starts = _acceptabilityStarts.Span;
        var entries = _acceptabilities.Span;
        var found = new Marks(checked((int)_designationKinds.Length));
        for (var i = 0; refset >= 0 && i < starts.Length - 1; i++)
        {
            for (var at = starts[i]; at < starts[i + 1]; at++)
            {
                if ((entries[at] & 0xFF) == refset && (entries[at] >> 8 == (int)CodeSystems.Acceptability.Preferred ? preferred : acceptable)) found.Add(i);
            }
        }
        return found;
    }

    public bool TryFindDesignation(ReadOnlySpan<byte> id, out ConceptOrdinal concept)
    {
        concept = ConceptOrdinal.None;
        var heap = _designationIds.Span;
        for (var from = 0; !id.IsEmpty && heap[from..].IndexOf(id) is >= 0 and var hit; from += hit + 1)
        {
            var designation = LastNotAbove(_designationIdOffsets, (uint)(from + hit));
            if (!DesignationId(designation).SequenceEqual(id) || _designationIdOffsets[designation] != from + hit) continue;
            concept = new(LastNotAbove(_designationStarts, designation));
            return true;
        }
        return false;
    }

    /// <summary>The last element of an ascending column that is not above a value; of equal ones the last.</summary>
    private static int LastNotAbove<T>(Column<T> column, T value)
        where T : unmanaged, IComparable<T>
    {
        var (low, high) = (0L, column.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (column[middle].CompareTo(value) <= 0) low = middle;
            else high = middle - 1;
        }
        return (int)low;
    }
}
