using System.Globalization;

namespace Terminology.Server.Proofs;

/// <summary>kill -9 during an import, at random moments: the old content serves, nothing is left behind, the next import succeeds.</summary>
public sealed class KilledImportTests
{
    private const string System = "http://example.org/fhir/CodeSystem/killed";

    /// <summary>Three rounds in the test run; <c>./dev prove kill</c> does twenty.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("TERMINOLOGY_PROOF_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 3;

    [Test]
    public void Import_KilledAtARandomMoment_OldContentServesAndTheNextImportSucceeds()
    {
        using var program = new TerminologyProgram();
        var (seed, rounds) = (Environment.TickCount, Rounds);
        var random = new Random(seed);
        TestContext.Out.WriteLine($"seed {seed}, {rounds} rounds");
        var (old, next) = (program.CodeList("old", 1000), program.CodeList("new", 60_000));
        Assert.That(program.Run("import", old, "--as", $"{System}|1").ExitCode, Is.Zero);
        var killed = 0;
        for (var round = 0; round < rounds; round++)
        {
            using var import = program.Start("import", next, "--as", $"{System}|1");
            if (!import.WaitForExit(random.Next(100, 2500)))
            {
                import.Kill();
                killed++;
                import.WaitForExit();
                var (exitCode, output) = program.Run("lookup", System, "C7");
                Assert.That(exitCode, Is.Zero, output);
                Assert.That(output, Does.Contain("as of old").Or.Contain("as of new"));
                Assert.That(program.Run("verify").ExitCode, Is.Zero);
                Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(program.Data, "staging")), Is.Empty);
            }
            Assert.That(program.Run("import", old, "--as", $"{System}|1").ExitCode, Is.Zero);
            Assert.That(program.Run("lookup", System, "C7").Output, Does.Contain("as of old"));
        }
        TestContext.Out.WriteLine($"{killed} of {rounds} imports were killed before their end");
        Assert.That(program.Run("import", next, "--as", $"{System}|1").ExitCode, Is.Zero);
        Assert.That(program.Run("lookup", System, "C59999").Output, Does.Contain("as of new"));
    }
}
