
namespace Terminology.Loaders.Ucum;

public sealed class UcumTests
{
    private const string Units = """<base-unit Code="m" CODE="M" dim="L"><name>meter</name><printSymbol>m</printSymbol><property>length</property></base-unit></root>""";

    [Test]
    public void Essence_WithItsVersion()
    {
        var release = KeptRelease.Load(new(), ("ucum-essence.xml", $"""<root xmlns="http://unitsofmeasure.org/ucum-essence" version="2.2" revision="N/A">{Units}"""));
        Assert.That(release.Info!.Id, Is.EqualTo(new VersionedUrl("http://unitsofmeasure.org", "2.2")));
        Assert.That(release["m"].Display, Is.EqualTo("meter"));
    }

    [Test]
    public void Essence_WithoutVersion_IsAskedForOne()
    {
        var release = KeptRelease.Load(new(), ("ucum-essence.xml", $"""<root xmlns="http://unitsofmeasure.org/ucum-essence" revision="N/A">{Units}"""));
        Assert.That(release.Info!.Id.Version, Is.Null);
    }
}
