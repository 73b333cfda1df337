namespace Terminology.Loaders.Icd10;

/// <summary>
/// The pairs that a classification names: a dagger code refers to its asterisk codes, an asterisk code to its dagger codes, seldom both. Kept each way, so that either code tells of the other.
/// </summary>
internal sealed class DualReferences
{
    private readonly HashSet<(string Code, string Usage, string Other)> _known = [];
    private readonly List<(string Code, string Usage, string Other)> _pairs = [];

    /// <summary>Notes that a class refers to a code as to its asterisk or dagger code. A reference to its own kind makes no pair.</summary>
    public void Add(string code, string ownUsage, string usage, string other)
    {
        if (other.Length > 0 && usage != ownUsage && _known.Add((code, usage, other))) _pairs.Add((code, usage, other));
    }

    /// <summary>Pushes them as properties <c>aster</c> and <c>dagger</c>, in the order of the file; a reference to what is no class is kept as it is written.</summary>
    public void Push(ClassificationSink classes)
    {
        var pushed = new HashSet<(string Code, string Usage, string Other)>();
        foreach (var (code, usage, written) in _pairs)
        {
            var other = classes.Has(written) ? written : Bare(written);
            if (!classes.Has(other)) other = written;
            if (pushed.Add((code, usage, other))) classes.Reference(code, usage, other);
            var back = usage == "aster" ? "dagger" : "aster";
            if (classes.Has(other) && pushed.Add((other, back, code))) classes.Reference(other, back, code);
        }
    }

    /// <summary><c>G63.-*</c> is all of G63.</summary>
    private static string Bare(string written) => written.TrimEnd('*', '†', '+', '-', '.', ' ');
}
