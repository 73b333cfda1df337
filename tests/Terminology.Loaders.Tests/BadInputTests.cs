using System.Text;
using Terminology.Issues;
using Terminology.Loaders.Input;
using Terminology.Releases;

namespace Terminology.Loaders;

/// <summary>
/// The faults of real files, each with its message: a file that cannot be read stops the import, a row that cannot be kept is rejected, and both say
/// where, what and how to mend it. One file of rows for each format: <c>BadInputTests.Format.cs</c>.
/// </summary>
public sealed partial class BadInputTests
{
    /// <summary>One fault.</summary>
    /// <param name="Name">What is wrong.</param>
    /// <param name="File">Path of the file that is wrong.</param>
    /// <param name="Content">Its text.</param>
    /// <param name="Message">What the message must hold; the place included where there is one.</param>
    private sealed record BadInput(string Name, string File, string Content, string Message)
    {
        /// <summary>Files beside it that are right.</summary>
        public (string File, string Content)[] Beside { get; init; } = [];

        public override string ToString() => Name;
    }

    private static void Check(BadInput input)
    {
        var folder = Directory.CreateTempSubdirectory("bad").FullName;
        try
        {
            foreach (var (file, content) in input.Beside.Append((input.File, input.Content))) Write(Path.Combine(folder, "in", file), content);
            Assert.That(Said(Path.Combine(folder, "in"), Path.Combine(folder, "scratch")), Has.Some.Contains(input.Message));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Said(string path, string scratch)
    {
        var said = new List<string>();
        try
        {
            using var files = ReleaseFiles.Open(path, scratch);
            foreach (var release in ReleaseLoaders.Recognise(files, new()))
            {
                var report = new LoadReport();
                release.Load(release.Info, null, new RecordingSink(), report, default);
                Assert.That(report.Files.All(file => file.Read == file.Kept + file.Rejected), Is.True);
                said.AddRange(report.Problems.Select(problem => problem.ToString()));
            }
        }
        catch (ReleaseFormat fault)
        {
            said.Add(fault.Message);
        }
        return said;
    }

    private static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content, new UTF8Encoding(false));
    }
}
