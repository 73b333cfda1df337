using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Validation;

/// <summary>What was found out about one coding, read in one version of its code system.</summary>
/// <param name="coding">The coding as sent, its system understood.</param>
/// <param name="form">How it came.</param>
/// <param name="index">Its place among the codings.</param>
internal sealed class CodeCheck(Coding coding, CodeForm form, int index)
{
    public Coding Coding { get; } = coding;

    /// <summary>The concept, when there is one.</summary>
    public ResolvedCoding Found { get; set; } = new(coding.System, null, CodeSystems.ConceptOrdinal.None, coding.Code ?? "", []);

    /// <summary>The version of the include that it is read by (null: none named), and the code system that stands for it; null when no include is.</summary>
    public (string? Version, CodeSystems.ICodeSystem System)? Instead { get; set; }

    /// <summary>Is the code in the value set; without value set: is there such a code?</summary>
    public bool IsMember { get; set; }

    /// <summary>In the order found.</summary>
    public List<Issue> Issues { get; } = [];

    /// <summary>Why a code that exists is no member, where a grammar can tell; said in the message beside the issues.</summary>
    public List<string> Reasons { get; } = [];

    /// <summary>The system, when it is not loaded.</summary>
    public VersionedUrl? UnknownSystem { get; set; }

    /// <summary>What else was needed and is not loaded.</summary>
    public List<VersionedUrl> CausedBy { get; } = [];

    /// <summary>Is it valid?</summary>
    public bool IsValid => IsMember && !Issues.Exists(issue => issue.Severity >= IssueSeverity.Error);

    /// <summary>FHIRPath of an element of the coding as it came; of the coding itself when the element is empty.</summary>
    public string At(string element) => form switch
    {
        CodeForm.Code => element.Length == 0 ? "code" : element,
        CodeForm.Coding => element.Length == 0 ? "Coding" : $"Coding.{element}",
        _ => element.Length == 0 ? $"CodeableConcept.coding[{index}]" : $"CodeableConcept.coding[{index}].{element}",
    };

    public void Error(IssueType type, string txIssueType, string element, string messageId, string text) => Add(IssueSeverity.Error, type, txIssueType, At(element), messageId, text);

    public void Warn(IssueType type, string txIssueType, string element, string messageId, string text) => Add(IssueSeverity.Warning, type, txIssueType, At(element), messageId, text);

    public void Tell(IssueType type, string txIssueType, string element, string messageId, string text) => Add(IssueSeverity.Information, type, txIssueType, At(element), messageId, text);

    public void Add(IssueSeverity severity, IssueType type, string txIssueType, string? expression, string messageId, string text)
        => Issues.Add(new(severity, type, text) { TxIssueType = txIssueType, Expression = expression, MessageId = messageId });
}
