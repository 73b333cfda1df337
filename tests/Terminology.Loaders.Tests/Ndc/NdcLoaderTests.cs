using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Loaders.Ndc;

public sealed class NdcLoaderTests
{
    private const string ProductHeader = "PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tPROPRIETARYNAME\tPROPRIETARYNAMESUFFIX\tNONPROPRIETARYNAME\tDOSAGEFORMNAME\tAPPLICATIONNUMBER\tACTIVE_NUMERATOR_STRENGTH\tACTIVE_INGRED_UNIT\n";
    private const string PackageHeader = "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\tSTARTMARKETINGDATE\n";
    private const string Product = "1\t0002-1433\tHUMAN PRESCRIPTION DRUG\tTrulicity\t\tDulaglutide\tINJECTION\tBLA125469\t.75\tmg/.5mL\n", Package = "1\t0002-1433\t0002-1433-61\t2 SYRINGE in 1 CARTON\t20140918\n";

    [Test]
    public void Packages_AreElevenDigits_BelowTheirProducts()
    {
        using var loaded = Load(Product, Package);
        Assert.That(loaded.Problems, Is.Empty);
        Assert.That(loaded.Info.Id, Is.EqualTo(new VersionedUrl("http://hl7.org/fhir/sid/ndc", "2025-07-11")));
        Assert.That(loaded.Parents("00002143361"), Is.EqualTo(new[] { "0002-1433" }));
        Assert.That(loaded.Display("00002143361"), Does.StartWith("Trulicity (Dulaglutide)").And.EndsWith("2 SYRINGE in 1 CARTON"));
        Assert.That(loaded.Values("00002143361", "NDCPACKAGECODE"), Is.EqualTo(new[] { "0002-1433-61" }));
        Assert.That(loaded.Values("00002143361", "STARTMARKETINGDATE"), Is.EqualTo(new[] { "20140918" }));
        Assert.That(loaded.Flags("0002-1433"), Is.EqualTo(ConceptFlags.Abstract));
    }

    [Test]
    public void Product_WithTwoApplications_HasBoth()
    {
        using var loaded = Load(Product + Product.Replace("BLA125469", "BLA999999", StringComparison.Ordinal), Package);
        Assert.That(loaded.Values("0002-1433", "APPLICATIONNUMBER"), Is.EqualTo(new[] { "BLA125469", "BLA999999" }));
        Assert.That(loaded.Values("0002-1433", "DOSAGEFORMNAME"), Is.EqualTo(new[] { "INJECTION" }));
        Assert.That(loaded.Designations("0002-1433"), Has.Length.EqualTo(1));
    }

    [TestCase("1\t0002-1433\t0002143361\tambiguous\t\n", "is no NDC of ten digits with hyphens")]
    [TestCase("1\t0002-1433\t0002-1433-61\tagain\t\n", "stands in line 2 already")]
    public void Package_Wrong_IsRejectedByLine(string row, string reason)
    {
        using var loaded = Load(Product, Package + row);
        Assert.That(loaded.Problems.Single(), Does.Contain("package.txt:3:").And.Contain(reason));
    }

    [Test]
    public void Package_WithoutProducts_SaysWhatIsMissing()
        => Assert.That(() => ImportedRelease.Load(new(), ("2025-07-11/package.txt", PackageHeader + Package)), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("product.txt"));

    private static ImportedRelease Load(string products, string packages) => ImportedRelease.Load(new(), ("ndc/2025-07-11/product.txt", ProductHeader + products), ("ndc/2025-07-11/package.txt", PackageHeader + packages));
}
