using System.IO.Compression;

namespace Terminology.Loaders.Ucum;

/// <summary>Codes that others publish as UCUM: most are, and of each that is not it is said why.</summary>
public sealed class RealUnitsTests
{
    [Test]
    public void OhdsiVocabulary_IsReadOrExplained()
    {
        using var stream = new GZipStream(File.OpenRead(Repository.Shared("data/matching/targets/ucum.terms.csv.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        var codes = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line[0] == '"' ? line[1..line.IndexOf('"', 1)] : line.Split(',')[0]).Distinct().ToArray();
        var wrong = codes.Where(code => !UcumWorld.Units.IsValid(code)).ToArray();
        Assert.That(codes, Has.Length.GreaterThan(1000));
        // Many of them use '[U]', a unit that UCUM does not have; others bracket words or put a remark before its unit.
        Assert.That(wrong, Has.Length.LessThan(codes.Length / 7));
        Assert.That(wrong.Select(code => UcumWorld.Units.Explain(code)), Has.All.Contains(" at character "));
    }
}
