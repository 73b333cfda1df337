using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Matching;

/// <summary>$find-matches over code systems without relationship groups.</summary>
public sealed class FindMatchesTests
{
    private static readonly InMemoryCodeSystem Animals = Worlds.AnimalsVersion("1");

    [TestCase("legs=4 young=true", "puppy")]
    [TestCase("legs=4", "dog cat")]
    [TestCase("focus=bird legs=2", "bird")]
    [TestCase("concept=mammal concept=pet", "dog cat")]
    [TestCase("parent=bird", "parrot")]
    [TestCase("display=Cat", "cat")]
    [TestCase("inactive=true", "")]
    public void FindMatches_AllHold_GivesTheMostGeneralActiveConcepts(string properties, string expected)
    {
        var result = Find(properties);
        Assert.That(Codes(result), Is.EquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(result.Matches.SelectMany(match => match.Unmatched), Is.Empty);
    }

    [Test]
    public void FindMatches_NoneHasAll_GivesThoseWithMostAndSaysWhatLacks()
    {
        var result = Find("legs=2 young=true focus=pet");
        Assert.That(Codes(result), Is.EquivalentTo(new[] { "puppy", "parrot" }));
        Assert.That(result.Matches.Single(match => match.Code.Code == "puppy").Unmatched.Single().Code, Is.EqualTo("legs"));
        Assert.That(result.Matches.Single(match => match.Code.Code == "parrot").Unmatched.Single().Code, Is.EqualTo("young"));
        Assert.That(result.Matches.Select(match => match.Comment), Is.All.Null, "a program gets no comments");
    }

    [Test]
    public void FindMatches_ForAPerson_Comments()
    {
        var result = Find("legs=4", exact: false);
        Assert.That(result.Matches.Single(match => match.Code.Code == "dog").Comment, Is.EqualTo("Has all the properties, as do 1 that are kinds of it"));
        Assert.That(Find("legs=2 young=true", exact: false).Matches.Single(match => match.Code.Code == "puppy").Comment, Is.EqualTo("Does not have legs = 2"));
    }

    [Test]
    public void FindMatches_CodeOfTheMatch_IsComplete()
        => Assert.That(Find("young=true").Matches.Single().Code, Is.EqualTo(new Coding(Worlds.Animals, "puppy", "1", "Puppy")));

    [TestCase("wings=2", IssueType.Invalid)]
    [TestCase("focus=unicorn", IssueType.Invalid)]
    [TestCase("legs", IssueType.Required)]
    [TestCase("", IssueType.Required)]
    public void FindMatches_Wrong_Throws(string properties, IssueType expected)
        => Assert.That(() => Find(properties), Throws.InstanceOf<TerminologyException>().With.Property(nameof(TerminologyException.Type)).EqualTo(expected));

    [Test]
    public void FindMatches_UnknownSystem_Throws()
        => Assert.That(() => Worlds.Service(Animals).FindMatches(new("http://example.org/none", null, []), RequestScope.Default), Throws.TypeOf<UnknownCodeSystem>());

    private static FindMatchesResult Find(string properties, bool exact = true) => Worlds.Service(Animals).FindMatches(
        new(Worlds.Animals, null, [.. properties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Property)]) { Exact = exact }, RequestScope.Default);

    private static MatchProperty Property(string text) => text.Split('=') is [var code, var value] ? new(code, value, []) : new(text, null, []);

    private static string[] Codes(FindMatchesResult result) => [.. result.Matches.Select(match => match.Code.Code!)];
}
