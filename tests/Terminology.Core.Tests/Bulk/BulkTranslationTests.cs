using Terminology.Maps;

namespace Terminology.Bulk;

public sealed class BulkTranslationTests
{
    private static readonly TerminologyService Service = TranslateWorld.With(TranslateWorld.Map(
        "lab", TranslateWorld.Local, TranslateWorld.Std, TranslateWorld.Row("GLU", TranslateWorld.To("S1")), TranslateWorld.Row("NA", TranslateWorld.To("S2", MapRelationship.RelatedTo), TranslateWorld.To("S3"))));

    private static BulkTranslation Bulk(int kept = 100) => new(Service, TranslateWorld.Local, new(new([])) { Url = VersionedUrl.Parse(TranslateWorld.Url("lab")) }, RequestScope.Default, kept);

    [Test]
    public void Translate_AnswersAsSingleQuestions_AndAsksEachOnce()
    {
        var bulk = Bulk();
        string[] codes = ["GLU", "NA", "URE", "nothing"];
        for (var round = 0; round < 3; round++)
        {
            foreach (var code in codes)
            {
                var single = Service.Translate(TranslateWorld.Ask(TranslateWorld.Local, code) with { Url = VersionedUrl.Parse(TranslateWorld.Url("lab")) }, RequestScope.Default);
                var answer = bulk.Translate(code);
                Assert.That((answer.Result, answer.Message), Is.EqualTo((single.Result, single.Message)), code);
                Assert.That(answer.Matches.Select(match => (match.Target, match.Relationship)), Is.EqualTo(single.Matches.Select(match => (match.Target, match.Relationship))), code);
                Assert.That(answer.Cautions, Is.EqualTo(single.Cautions), code);
            }
        }
        Assert.That(bulk.WorkedOut, Is.EqualTo(codes.Length));
    }

    [Test]
    public void Translate_MoreThanAreKept_GoesOn()
    {
        var bulk = Bulk(kept: 2);
        foreach (var code in new[] { "GLU", "NA", "URE", "GLU" }) bulk.Translate(code);
        Assert.That((bulk.WorkedOut, bulk.Translate("GLU").Matches[0].Target?.Code), Is.EqualTo((4L, "S1")));
    }
}
