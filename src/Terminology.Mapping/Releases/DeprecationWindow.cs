namespace Terminology.Mapping.Releases;

/// <summary>How long the old target of a row goes on being answered.</summary>
public enum WindowKind
{
    /// <summary>Not at all: from the release on only what is new answers.</summary>
    Immediate,

    /// <summary>To everybody, up to and including a day.</summary>
    UntilDate,

    /// <summary>Only to who asks for it (<c>includeSuperseded</c>): interfaces change over one by one.</summary>
    OptIn,
}

/// <summary>For how long, and to whom, the old target of a row that was changed or withdrawn is answered besides the new one.</summary>
/// <param name="Kind">To whom.</param>
public sealed record DeprecationWindow(WindowKind Kind)
{
    /// <summary>The last day, in UTC; needed of <see cref="WindowKind.UntilDate"/>, may be left out of <see cref="WindowKind.OptIn"/>.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Is the old target answered on a day?</summary>
    public bool IsOpenOn(DateOnly day) => Kind != WindowKind.Immediate && !(Until < day);
}
