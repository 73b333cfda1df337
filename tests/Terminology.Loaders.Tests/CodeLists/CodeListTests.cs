using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Loaders.CodeLists;

public sealed class CodeListTests
{
    private static readonly ImportOptions As = new() { As = new("http://example.org/lab", "1") };

    [Test]
    public void Columns_KnownByTheNamesPeopleGive_BecomeContext()
    {
        var release = KeptRelease.Load(As, ("lab.csv", "Local Code;Bezeichnung;Einheit;Material;Anzahl;Farbe;Inactive\r\nGLU;Glukose;mg/dL;Serum;1200;rot;0\r\nOLD;Alt;;;3;;1\r\n"));
        Assert.That(release["GLU"].Display, Is.EqualTo("Glukose"));
        Assert.That(release["GLU"].Properties, Is.EquivalentTo(new[] { ("unit", "mg/dL"), ("specimen", "Serum"), ("frequency", "1200"), ("Farbe", "rot"), ("Inactive", "0") }));
        Assert.That(release.Info!.CodeSystem!.Properties.Single(property => property.Code == "frequency").Type, Is.EqualTo(PropertyType.Decimal));
        Assert.That(release["OLD"].Flags, Is.EqualTo(ConceptFlags.Inactive));
    }

    [Test]
    public void Frequency_ThatIsNoNumber_IsLeftOutAndNamed()
    {
        var release = KeptRelease.Load(As, ("lab.csv", "code,name,frequency\nGLU,Glucose,often\n"));
        Assert.That(release.Report.Problems.Single().ToString(), Is.EqualTo("release/lab.csv:2:3: 'often' is no number; the frequency of 'GLU' is left out."));
        Assert.That(release.Has("GLU"), Is.True);
    }

    [Test]
    public void Quote_ThatIsNeverClosed_RejectsItsRow()
    {
        var release = KeptRelease.Load(As, ("lab.csv", "code,name\nGLU,\"Glucose, serum\"\nNA,\"Sodium\nK,Potassium\n"));
        Assert.That(release.Codes, Is.EqualTo(["GLU"]));
        Assert.That(release.Report.Problems.Single().ToString(), Does.StartWith("release/lab.csv:3: ").And.Contain("never closed"));
    }

    [Test]
    public void Quotes_DoubledInsideAField_AreText()
    {
        var release = KeptRelease.Load(As, ("lab.csv", "code,name\nA,\"say \"\"no\"\"\"\nB,5\" tube\n"));
        Assert.That((release["A"].Display, release["B"].Display, release.Report.Rejected), Is.EqualTo(("say \"no\"", "5\" tube", 0L)));
    }

    [Test]
    public void ATableThatCannotBeOpened_SaysWhy()
    {
        Assert.That(() => KeptRelease.Load(As with { Encoding = "klingon" }, ("lab.csv", "code,name\nA,B\n")), Throws.TypeOf<ReleaseFormat>().With.Message.Contains("'klingon' is no encoding"));
    }
}
