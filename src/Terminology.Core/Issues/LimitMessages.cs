namespace Terminology.Issues;

/// <summary>What clients read when they ask for too much.</summary>
public static class LimitMessages
{
    /// <summary>All places for costly work are taken.</summary>
    public static string Busy() => "The server is busy with other expansions and searches; try again in a second.";

    /// <summary>A client is too fast.</summary>
    public static string TooFast() => "Too many requests in a short time; try again in a second, or send several codes in one request.";

    /// <summary>More parameters than are read.</summary>
    public static string TooManyParameters(int count, int allowed) => $"{count} parameters were sent; {allowed} are read at once.";
}
