namespace Terminology.Server.Limits;

/// <summary>Every answer names its request: as the client did in <c>X-Request-Id</c>, or by an id of ours. The log uses the same.</summary>
internal static class RequestIds
{
    private const string Header = "X-Request-Id";
    private const int Longest = 64;

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.TryGetValue(Header, out var sent) && sent is [{ } id] && IsId(id)) context.TraceIdentifier = id;
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    }

    /// <summary>Short, and of characters that no log or terminal takes for something else.</summary>
    private static bool IsId(string id) => id.Length is > 0 and <= Longest && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
