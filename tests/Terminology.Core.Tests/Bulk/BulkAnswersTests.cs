using System.Text;

namespace Terminology.Bulk;

public sealed class BulkAnswersTests
{
    [Test]
    public void TryFind_ManyRandomQuestions_AnswersAsADictionaryDoes()
    {
        var (random, answers, known) = (new Random(11), new BulkAnswers(), new Dictionary<string, string>(StringComparer.Ordinal));
        for (var i = 0; i < 200_000; i++)
        {
            var question = new string('x', random.Next(12)) + random.Next(50_000);
            var isFound = answers.TryFind(Bytes(question), out var answer);
            Assert.That(isFound, Is.EqualTo(known.TryGetValue(question, out var expected)), question);
            if (isFound) Assert.That(Encoding.UTF8.GetString(answer), Is.EqualTo(expected));
            else
            {
                known.Add(question, $"{i} to {question}");
                answers.Add(Bytes(question), Bytes(known[question]));
            }
        }
        Assert.That(answers.Count, Is.EqualTo(known.Count));
    }

    [Test]
    public void Add_NoMoreRoom_KeepsNoMoreUntilAllAreForgotten()
    {
        var answers = new BulkAnswers(1 << 20);
        for (var round = 0; round < 3; round++)
        {
            var kept = 0;
            for (; !answers.IsFull; kept++) answers.Add(Bytes($"question {round} {kept}"), Bytes(new('a', 100)));
            Assert.That(kept, Is.InRange(5_000, 10_000), "a megabyte holds no more");
            Assert.That(answers.TryFind(Bytes($"question {round} 0"), out _) && !answers.TryFind(Bytes($"question {round} {kept - 1}"), out _));
            answers.Forget();
            Assert.That((answers.Count, answers.IsFull, answers.TryFind(Bytes($"question {round} 0"), out _)), Is.EqualTo((0, false, false)));
        }
    }

    [Test]
    public void TryFind_ManyThreads_AnswersAreWhole()
    {
        var answers = new BulkAnswers();
        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 100_000; i++)
            {
                var question = Bytes($"question {random.Next(20_000)}");
                if (!answers.TryFind(question, out var answer)) answers.Add(question, [.. question, .. question]);
                else if (!answer[question.Length..].SequenceEqual(question) || !answer.StartsWith(question)) Assert.Fail("another answer");
            }
        });
        Assert.That(answers.Count, Is.EqualTo(20_000));
    }

    [Test]
    public void BringNear_AnyQuestions_FindsAsBefore()
    {
        var answers = new BulkAnswers();
        for (var i = 0; i < 3_000; i++)
        {
            ulong[] hashes = [BulkAnswers.Hash(Bytes($"{i}")), BulkAnswers.Hash(Bytes($"{i / 2}"))];
            answers.BringNear(hashes, new int[2]);
            Assert.That(answers.TryFind(Bytes($"{i}"), hashes[0], out _), Is.False);
            answers.Add(Bytes($"{i}"), Bytes("a"));
            Assert.That(answers.TryFind(Bytes($"{i / 2}"), hashes[1], out _));
        }
    }

    [Test]
    public void Add_LargerThanAllRoom_IsNotKept()
    {
        var answers = new BulkAnswers(1 << 20);
        answers.Add(Bytes("q"), new byte[2 << 20]);
        Assert.That(answers.TryFind(Bytes("q"), out _), Is.False);
    }

    [Test]
    public void TryFind_EmptyQuestion_IsOneLikeOthers()
    {
        var answers = new BulkAnswers();
        answers.Add([], Bytes("nothing asked"));
        Assert.That(answers.TryFind([], out var answer));
        Assert.That(Encoding.UTF8.GetString(answer), Is.EqualTo("nothing asked"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
