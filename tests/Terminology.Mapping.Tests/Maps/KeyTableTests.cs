namespace Terminology.Mapping.Maps;

public sealed class KeyTableTests
{
    [Test]
    public void Find_ManyRandomKeys_AreWhereTheyWere()
    {
        var random = new Random(9);
        string[] keys = [.. Enumerable.Range(0, 5_000).Select(i => Key(random, i)).Distinct(StringComparer.Ordinal)];
        var table = KeyTable.Of(keys);
        var again = new KeyTable(table.Text, table.Ends);
        for (var i = 0; i < keys.Length; i++)
        {
            Assert.That((table.Find(keys[i]), again.Find(keys[i]), again[i]), Is.EqualTo(((int?)i, (int?)i, keys[i])));
            if (!keys.Contains(keys[i] + "x")) Assert.That(table.Find(keys[i] + "x"), Is.Null);
        }
        Assert.That(table.Count, Is.EqualTo(keys.Length));
    }

    [Test]
    public void Find_InNothing_IsNowhere() => Assert.That(KeyTable.Of([]).Find("a"), Is.Null);

    [Test]
    public void Find_TheEmptyKey_IsItsPlace() => Assert.That(KeyTable.Of(["a", "", "b"]).Find(""), Is.EqualTo(1));

    [TestCase(new[] { 2, 1, 3 })]
    [TestCase(new[] { 1, 4 })]
    [TestCase(new[] { -1 })]
    public void New_EndsThatAreNone_AreRefused(int[] ends) => Assert.Throws<ArgumentException>(() => _ = new KeyTable("abc"u8.ToArray(), ends));

    private static string Key(Random random, int i) => random.Next(4) switch
    {
        0 => $"L{i}",
        1 => $"Größe {i} µ",
        2 => new string('k', random.Next(400)) + i,
        _ => $"{i}|\U0001F600|{random.Next(10)}",
    };
}
