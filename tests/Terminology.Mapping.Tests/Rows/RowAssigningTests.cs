using Terminology.Issues;
using Terminology.Mapping.People;

namespace Terminology.Mapping.Rows;

/// <summary>Rows are assigned to people who may do it and go together; what the row says stays as it is.</summary>
public sealed class RowAssigningTests
{
    private static MapRole? Roles(string name) => new[] { Folk.Ada, Folk.Ben, Folk.Ria, Folk.Jo, Folk.Sue, Folk.Kim }.FirstOrDefault(person => person.Name == name)?.In("lab");

    private static MapRow Take(MapRow row, Assignees names, DateOnly? due = null, bool noDue = false) => RowAssigning.Take(row, new() { Assignees = names, Due = due, NoDue = noDue }, Folk.Sue, Folk.Map, Roles);

    [Test]
    public void Take_Names_AreAddedToThoseThere_AndTakenAwayByAnEmptyText()
    {
        var row = Take(Folk.Row(), new() { Author = "ada", Reviewer = "ria" }, new(2027, 1, 31));
        row = Take(row, new() { Second = "ben", Reviewer = "" });
        Assert.That((row.Assignees, row.Due), Is.EqualTo((new Assignees { Author = "ada", Second = "ben" }, (DateOnly?)new DateOnly(2027, 1, 31))));
        row = Take(row, new() { Author = "", Second = "" }, noDue: true);
        Assert.That((row.Assignees, row.Due), Is.EqualTo(((Assignees?)null, (DateOnly?)null)));
    }

    [Test]
    public void Take_ApprovedRow_StaysApproved()
    {
        var row = Folk.After(Folk.Row(), Folk.Situation, (Folk.Decide("1-8"), Folk.Ada), (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Approve), Folk.Ria));
        var assigned = Take(row, new() { Author = "ben" });
        Assert.That(assigned with { Assignees = null, LastBy = row.LastBy }, Is.EqualTo(row));
    }

    [TestCase("ada", "ada", null, null, "'ada' would be author and second")]
    [TestCase("sue", null, "sue", null, "'sue' would be author and reviewer")]
    [TestCase("ada", "sue", "sue", null, "'sue' would be second and reviewer")]
    [TestCase("ada", "ada", null, "jo", "'ada' would be author and second")]
    [TestCase(null, null, "cem", null, "There is no 'cem'")]
    [TestCase("ria", null, null, null, "'ria' cannot be author")]
    [TestCase(null, null, "ada", null, "'ada' cannot be reviewer")]
    [TestCase(null, null, null, "ria", "'ria' cannot be adjudicator")]
    public void Take_PeopleWhoDoNotGoTogether_AreRefusedAndNamed(string? author, string? second, string? reviewer, string? adjudicator, string text)
    {
        var refused = Assert.Throws<TerminologyException>(() => Take(Folk.Row(), new() { Author = author, Second = second, Reviewer = reviewer, Adjudicator = adjudicator }));
        Assert.That((refused!.MessageId, refused.Message), Is.EqualTo(("ASSIGNEES_CONFLICT", refused.Message)));
        Assert.That(refused.Message, Does.Contain(text));
    }

    [Test]
    public void Take_ReviewerWhoHasAPartInTheRow_IsRefused()
        => Assert.That(() => Take(Folk.Row() with { ContentBy = ["ada", "sue"] }, new() { Reviewer = "sue" }), Throws.InstanceOf<TerminologyException>().With.Message.Contains("has a part"));

    [Test]
    public void Take_ByOthersThanStewards_OrOfARetiredRow_IsRefused()
    {
        foreach (var who in new[] { Folk.Ada, Folk.Ria, Folk.Jo, Folk.Kim, Folk.Engine, Folk.Program, Person.System })
        {
            Assert.That(() => RowAssigning.Take(Folk.Row(), new() { Assignees = new() { Author = "ada" } }, who, Folk.Map, Roles), Throws.InstanceOf<TerminologyException>().With.Property("Type").EqualTo(IssueType.Forbidden), who.Name);
        }
        Assert.That(() => Take(Folk.Row() with { State = MapRowState.Retired }, new() { Author = "ada" }), Throws.InstanceOf<TerminologyException>().With.Property("Type").EqualTo(IssueType.Conflict));
        Assert.That(RowAssigning.Take(Folk.Row(), new() { Assignees = new() { Author = "cem" } }, Folk.Sue, Folk.Map, null).Assignees!.Author, Is.EqualTo("cem"), "nobody is known");
    }

    [Test]
    public void Decide_BlindRowOfTwoNamedAuthors_IsForTheseTwo_AndOtherRowsForAll()
    {
        var row = Take(Folk.Row(), new() { Author = "ada", Second = "ben" });
        Assert.That(() => RowDecision.Take(row, Folk.Decide("1-8"), Folk.Sue, Folk.Dual), Throws.InstanceOf<TerminologyException>().With.Property("MessageId").EqualTo("ASSIGNED_TO_OTHERS"));
        Assert.That(() => RowDecision.Take(row, Folk.Decide("1-8"), Folk.Engine, Folk.Dual), Throws.InstanceOf<TerminologyException>());
        var both = Folk.After(row, Folk.Dual, (Folk.Decide("1-8"), Folk.Ben), (Folk.Decide("1-8"), Folk.Ada), (new(RowVerb.Propose), Folk.Ada), (new(RowVerb.Propose), Folk.Ben));
        Assert.That(both.State, Is.EqualTo(MapRowState.Proposed));
        Assert.That(RowDecision.Take(Take(Folk.Row(), new() { Author = "ada" }), Folk.Decide("1-8"), Folk.Sue, Folk.Dual).State, Is.EqualTo(MapRowState.Draft), "only one is named");
        Assert.That(RowDecision.Take(row, Folk.Decide("1-8"), Folk.Sue, Folk.Situation).State, Is.EqualTo(MapRowState.Draft), "they guide and do not forbid");
    }

    [Test]
    public void Rules_NothingSaid_IsRefused()
    {
        Assert.That(new AssignRules().Validate(new AssignRequest()).IsValid, Is.False);
        Assert.That(new AssignRules().Validate(new AssignRequest { Assignees = new() { Author = "" } }).IsValid);
        Assert.That(new AssignRules().Validate(new AssignRequest { Due = new(2027, 1, 1), NoDue = true }).Errors.Single().PropertyName, Is.EqualTo("Due"));
        Assert.That(new AssignRules().Validate(new AssignRequest { Assignees = new() { Reviewer = new('x', 65) } }).Errors.Single().PropertyName, Is.EqualTo("Assignees.Reviewer"));
    }
}
