using System.Diagnostics;
using System.Globalization;

namespace Terminology.Server.Proofs;

/// <summary>kill -9 during an import, at random moments: the old content serves, nothing is left behind, the next import succeeds.</summary>
public sealed class KilledImportTests
{
    private const string System = "http://example.org/fhir/CodeSystem/killed";

    /// <summary>Three rounds in the test run; <c>./dev prove kill</c> does twenty.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 3;

    [Test]
    public async Task Import_KilledAtARandomMoment_ServerServesTheOldAndTheNextImportSucceeds()
    {
        using var program = new TerminologyProgram();
        var (seed, rounds) = (Environment.TickCount, Rounds);
        var random = new Random(seed);
        var (old, next) = (program.CodeList("old", 1000), program.CodeList("new", 60_000));
        Assert.That(program.Run("import", next, "--as", $"{System}|1").ExitCode, Is.Zero);
        var whole = Stopwatch.StartNew();
        Assert.That(program.Run("import", next, "--as", $"{System}|1").ExitCode, Is.Zero);
        var length = (int)whole.ElapsedMilliseconds;
        TestContext.Out.WriteLine($"seed {seed}, {rounds} rounds, an import takes {length} ms");
        var (killed, finished, attempts) = (0, 0, 0);
        while (killed < rounds)
        {
            Assert.That(++attempts, Is.LessThan(rounds * 10), "imports end before they can be killed");
            Assert.That(program.Run("import", old, "--as", $"{System}|1").ExitCode, Is.Zero);
            using var import = program.Start("import", next, "--as", $"{System}|1");
            // A kill counts from the moment the import has begun to write.
            while (!Directory.EnumerateFileSystemEntries(Path.Combine(program.Data, "staging")).Any() && !import.WaitForExit(1)) { }
            if (import.WaitForExit(random.Next(0, length))) continue;
            import.Kill();
            import.WaitForExit();
            killed++;
            var display = await program.AskServerAsync($"CodeSystem/$lookup?system={System}&code=C7", "display");
            Assert.That(display, Does.EndWith("as of old").Or.EndWith("as of new"));
            // Killed between the rename and its last word, the import is done: then all of it answers.
            if (display.EndsWith("as of new", StringComparison.Ordinal))
            {
                finished++;
                Assert.That(program.Run("lookup", System, "C59999").Output, Does.Contain("as of new"));
            }
            Assert.That(program.Run("verify").ExitCode, Is.Zero);
            Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(program.Data, "staging")), Is.Empty);
        }
        TestContext.Out.WriteLine($"{killed} imports killed in {attempts} attempts; {finished} of them had already put their release in place");
        Assert.That(finished, Is.LessThan(killed), "no kill came before the release was in place");
        Assert.That(program.Run("import", next, "--as", $"{System}|1").ExitCode, Is.Zero);
        Assert.That(program.Run("lookup", System, "C59999").Output, Does.Contain("as of new"));
    }
}
