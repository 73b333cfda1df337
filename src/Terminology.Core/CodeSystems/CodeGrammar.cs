namespace Terminology.CodeSystems;

/// <summary>The rules of a code system whose codes are composed: there are more of them than can be listed.</summary>
/// <remarks>Immutable, thread-safe, pure.</remarks>
internal abstract class CodeGrammar
{
    /// <summary>Codes that can be listed, distinct, in the order in which they are shown; all of them are valid.</summary>
    public abstract IReadOnlyList<string> Listed { get; }

    /// <summary>Value set whose members stand for the code system where all of it is asked for; null when the listed codes do.</summary>
    public virtual string? Representative => null;

    /// <summary>A code understood, or null when it is none.</summary>
    public abstract ComposedCode? Read(string code);

    /// <summary>Why a text is no code, for a person who wants to mend it; null when there is nothing to say beyond that.</summary>
    public virtual string? Explain(string code) => null;

    /// <summary>Is a code the same as, or narrower than, another? Both are valid.</summary>
    public virtual bool IsA(string code, string ancestor) => code == ancestor;

    /// <summary>The value of a filter in the form that <see cref="ComposedCode.Properties"/> has it in.</summary>
    public virtual string FilterValue(string property, string value) => value;

    /// <summary>Why a valid code does not fulfil an equality filter; null when there is nothing to say.</summary>
    public virtual string? ExplainFilter(string code, string property, string value) => null;
}

/// <summary>What a grammar says of one code.</summary>
/// <param name="Code">As written.</param>
/// <param name="Display">Its display.</param>
internal sealed record ComposedCode(string Code, string Display)
{
    public ConceptFlags Flags { get; init; }

    /// <summary>Further names.</summary>
    public IReadOnlyList<DesignationEntry> Designations { get; init; } = [];

    /// <summary>Values by index into <see cref="CodeSystemInfo.Properties"/>, ascending.</summary>
    public IReadOnlyList<(int Property, string Value)> Properties { get; init; } = [];

    internal sealed record DesignationEntry(string Language, Coding Use, string Value);
}
