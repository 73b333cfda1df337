using System.Text;
using System.Text.Json;
using Terminology.Mapping.Maps;
using Terminology.Mapping.Releases;
using Terminology.Mapping.Rows;

namespace Terminology.Mapping;

/// <summary>What is wrong in JSON is said in the words of who sends it.</summary>
public sealed class JsonFaultsTests
{
    [TestCase("""{"verb":"foo"}""", "verb: 'foo' is none of enter, decide, propose, approve, request-changes, adjudicate, park, resume, recheck, confirm, retire, restore, undo, comment.")]
    [TestCase("""{"verb":5}""", "verb: 5 is none of enter, decide, propose, approve, request-changes, adjudicate, park, resume, recheck, confirm, retire, restore, undo, comment.")]
    [TestCase("""{"reason":"r"}""", "verb: It is missing; expected is one of enter, decide, propose, approve, request-changes, adjudicate, park, resume, recheck, confirm, retire, restore, undo, comment.")]
    [TestCase("""{"verb":"undo","reason":5,"taken":["a"]}""", "reason: 5 is not a text.", "taken: a list is not a text.")]
    [TestCase("""{"verb":"undo","why":"r"}""", "why: There is no 'why' here; there are verb, content, reason, taken, parkedFor, evidence.")]
    [TestCase("""{"verb":"decide","content":{"targets":{"code":"1"}}}""", "content.targets: an object is not a list.")]
    [TestCase("""{"verb":"decide","content":"none"}""", "content: 'none' is not an object.")]
    [TestCase("""{"verb":"decide","content":{"targets":[{"system":"s","code":"1","relationship":"same","effectiveFrom":"soon"}]}}""", "content.targets[0].relationship: 'same' is none of related-to, equivalent, source-is-narrower-than-target, source-is-broader-than-target, not-related-to.", "content.targets[0].effectiveFrom: 'soon' is not a day as 2027-01-31.")]
    [TestCase("""{"verb":"undo","evidence":[{"key":"k","value":5}]}""", "evidence[0].value: 5 is not a text.")]
    [TestCase("""{"verb":"undo","evidence":null}""", "evidence: null is not a list.")]
    [TestCase("""[]""", "$: a list is not an object.")]
    [TestCase("null", "$: null is not an object.")]
    public void Of_RowCommand_SaysPlaceAndBoth(string json, params string[] faults) => Expect<RowCommand>(json, faults);

    [TestCase("""{"rows":{"A":{"kind":"never","until":7}}}""", "rows['A'].kind: 'never' is none of immediate, until-date, opt-in.", "rows['A'].until: 7 is not a day as 2027-01-31.")]
    [TestCase("""{"all":{"until":"2027-01-31"}}""", "all.kind: It is missing; expected is one of immediate, until-date, opt-in.")]
    [TestCase("""{"rows":[]}""", "rows: a list is not an object.")]
    public void Of_Windows_SaysPlaceAndBoth(string json, params string[] faults) => Expect<ReleaseWindows>(json, faults);

    [Test]
    public void Of_RequiredMembers_AreNamedEach()
        => Expect<MapProject>("""{"id":"lab","policy":{"signatures":"two","samplingLane":"yes"}}""", "policy.signatures: 'two' is not a whole number.", "policy.samplingLane: 'yes' is not true or false.", "url: It is missing; expected is a text.", "title: It is missing; expected is a text.", "sourceSystem: It is missing; expected is a text.", "targetSystems: It is missing; expected is a list.", "domain: It is missing; expected is a text.", "steward: It is missing; expected is a text.");

    [Test]
    public void Of_LongText_IsCut() => Expect<RowCommand>($$"""{"verb":"{{new string('x', 100)}}"}""", $"verb: '{new string('x', 60)}…' is none of enter, decide, propose, approve, request-changes, adjudicate, park, resume, recheck, confirm, retire, restore, undo, comment.");

    [Test]
    public void Of_ManyFaults_AreTheFirst()
        => Assert.That(JsonFaults.Of<RowCommand>(Encoding.UTF8.GetBytes($$"""{"verb":"undo","evidence":[{{string.Join(',', Enumerable.Repeat("5", 1000))}}]}""")), Has.Count.EqualTo(20));

    [TestCase("""{"verb":"undo","content":null,"Reason":"r"}""")]
    [TestCase("""{"verb":"decide","content":{"targets":[{"system":"s","code":"1","relationship":"equivalent"}],"noMap":null},"evidence":[{"key":"k","value":"v"}]}""")]
    [TestCase("""{"verb":"decide","content":{"targets":[{"system":"s","code":"1","relationship":"equivalent","dependsOn":[{"property":"unit","value":"mmol/L"}]}]}}""")]
    [TestCase("""{"verb":""")]
    public void Of_WhatCanBeRead_OrIsNoJson_IsEmpty(string json) => Assert.That(JsonFaults.Of<RowCommand>(Encoding.UTF8.GetBytes(json)), Is.Empty);

    private static void Expect<T>(string json, params string[] faults)
    {
        Assert.That(() => JsonSerializer.Deserialize<T>(json, MappingJson.Requests) is null ? throw new JsonException() : false, Throws.InstanceOf<JsonException>(), "the reader refuses it as well");
        Assert.That(JsonFaults.Of<T>(Encoding.UTF8.GetBytes(json)).Select(fault => $"{fault.Path}: {fault.Text}"), Is.EqualTo(faults));
    }
}
