using Terminology.Server.Hosting;

namespace Terminology.Server.FhirApi;

/// <summary>
/// The weak ETag of an answer that depends on what is loaded and stored, and on nothing else: it names that state, so that "not modified" is said before anything
/// is worked out. A restart gives new ones.
/// </summary>
internal static class StateTags
{
    /// <summary>May the answer of this operation be kept by who asked?</summary>
    public static bool Covers(HttpRequest request, FhirOperation operation) => HttpMethods.IsGet(request.Method) && operation.IsStable;

    public static string Of(World world, HttpRequest request)
    {
        var (accept, languages) = (request.Headers.Accept, request.Headers.AcceptLanguage);
        if (languages.Count == 0 && accept.Count == 0) return world.Tag;
        var form = HashCode.Combine(accept.ToString(), languages.ToString());
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{world.Tag[..^1]}.{form:x8}\"");
    }

    public static bool Matches(HttpRequest request, string tag)
        => request.Headers.IfNoneMatch is { Count: > 0 } known && known.ToString().Split(',').Any(one => one.AsSpan().Trim().SequenceEqual(tag) || one.Trim() == "*");
}
