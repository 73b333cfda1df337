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
    public void Add_NoMoreRoom_ForgetsAndGoesOn()
    {
        var answers = new BulkAnswers(1 << 20);
        for (var i = 0; i < 100_000; i++)
        {
            answers.Add(Bytes($"question {i}"), Bytes(new('a', 100)));
            Assert.That(answers.TryFind(Bytes($"question {i}"), out _), "what was just kept is there");
        }
        Assert.That(answers.Count, Is.LessThan(10_000), "a megabyte holds no more");
        Assert.That(answers.TryFind(Bytes("question 0"), out _), Is.False);
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
