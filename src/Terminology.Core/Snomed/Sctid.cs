using System.Globalization;

namespace Terminology.Snomed;

/// <summary>A SNOMED CT identifier: 6 to 18 digits, no leading zero, a known partition and a right Verhoeff digit; another one cannot be built.</summary>
/// <remarks>SNOMED CT RF2 <see href="https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification/identifiers">identifiers</see>.</remarks>
public readonly record struct Sctid
{
    private Sctid(long value) => Value = value;

    /// <summary>The number.</summary>
    public long Value { get; }

    /// <summary>What it identifies.</summary>
    public SctidPartition Partition => (SctidPartition)(Value / 10 % 10);

    /// <summary>Reads an identifier of any kind.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Sctid sctid)
    {
        sctid = default;
        if (text.Length is < 6 or > 18 || text[0] == '0' || !CheckDigit.Verhoeff(text)) return false;
        if (text[^3] is not ((byte)'0' or (byte)'1') || text[^2] is not ((byte)'0' or (byte)'1' or (byte)'2')) return false;
        sctid = new(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Reads an identifier of one kind.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, SctidPartition partition, out Sctid sctid)
        => TryParse(text, out sctid) && sctid.Partition == partition;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The last digit of the partition identifier.</summary>
public enum SctidPartition
{
    /// <summary>00, 10.</summary>
    Concept,

    /// <summary>01, 11.</summary>
    Description,

    /// <summary>02, 12.</summary>
    Relationship,
}
