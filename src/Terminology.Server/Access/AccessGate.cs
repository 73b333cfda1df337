using Terminology.Issues;
using Terminology.Mapping.People;
using Terminology.Server.FhirApi;
using Terminology.Server.Hosting;

namespace Terminology.Server.Access;

/// <summary>Who asks, and what it may do.</summary>
/// <param name="Name">Name of its key: the author of what it writes.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Caller(string Name, Scope Scopes)
{
    /// <summary>Who works on maps: the person of a token, the program of a key; null for whoever shows neither.</summary>
    public Person? Person { get; init; }

    /// <summary>Whoever shows no key.</summary>
    public static Caller Anonymous { get; } = new("anonymous", Scope.None);

    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Anonymous;
}

/// <summary>
/// Lets a request in or not, before anything of it is read. Reading is open unless told otherwise. Writing needs a key; on loopback it is open until the first key
/// is made, to this machine alone.
/// </summary>
internal sealed class AccessGate(ApiKeys keys, People people, OwnerSecret owner, ServeOptions options, TimeProvider clock)
{
    private readonly bool _isLoopback = options.IsLoopback;
    private static readonly string[] Challenge = ["Bearer realm=\"terminology\"", "ApiKey realm=\"terminology\""];

    /// <summary>Is everything open to this machine? As long as nobody else is meant to reach the server and no key was made.</summary>
    private bool IsOpenHere => _isLoopback && !keys.Any && !people.Any;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // What is no endpoint is a page, or nothing.
        var needs = context.GetEndpoint()?.Metadata.GetMetadata<Needs>()?.Scope ?? Scope.Read;
        var refusal = Identify(context) ?? Refusal(context, needs);
        return refusal is null ? next(context) : RefuseAsync(context, refusal);
    }

    /// <summary>May whoever sent this request do what needs this scope?</summary>
    /// <returns>Null when it may; else what to tell it.</returns>
    public TerminologyException? Refusal(HttpContext context, Scope needs)
    {
        var isOpenHere = needs != Scope.None && IsOpenHere;
        if (isOpenHere && !options.Names(context.Request.Host.Host)) return new(IssueType.Forbidden, "OTHER_HOST", AccessMessages.OtherHost());
        if (needs == Scope.None || (needs == Scope.Read && !options.ReadKey)) return null;
        if (options.ReadOnly && (needs == Scope.Write || (needs == Scope.Maps && !HttpMethods.IsGet(context.Request.Method)))) return new(IssueType.Forbidden, "READ_ONLY", AccessMessages.ReadOnly());
        if (context.Features.Get<Caller>() is { } caller)
        {
            return caller.Scopes.HasFlag(needs) ? null : new(IssueType.Forbidden, "WRONG_SCOPE", AccessMessages.WrongScope(caller.Name, Scopes.Name(needs)));
        }
        if (needs == Scope.Write && options.OpenWrites) return null;
        if (needs == Scope.Maps) return new(IssueType.Login, "PERSON_OR_KEY_NEEDED", AccessMessages.PersonOrKeyNeeded());
        if (!isOpenHere || needs == Scope.Read) return new(IssueType.Login, "KEY_NEEDED", AccessMessages.KeyNeeded(Scopes.Name(needs)));
        return IsFromElsewhere(context.Request) ? new(IssueType.Forbidden, "FROM_ELSEWHERE", AccessMessages.FromElsewhere()) : null;
    }

    /// <summary>Finds out whose key was shown. A key that is not valid is refused even where none is needed: its owner wants to know.</summary>
    private TerminologyException? Identify(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0) return null;
        if (SecretIn(header.ToString()) is not { } secret) return new(IssueType.Login, "OTHER_SCHEME", AccessMessages.OtherScheme());
        var hash = ApiKey.HashOf(secret); // once, whoever it belongs to
        if (owner.Is(hash))
        {
            context.Features.Set(OwnerSecret.Owner);
            return null;
        }
        if (people.Find(hash) is var (person, expires))
        {
            if (expires <= clock.GetUtcNow()) return new(IssueType.Expired, "EXPIRED_KEY", AccessMessages.ExpiredKey(person.Name, expires.Value));
            context.Features.Set(new Caller(person.Name, ScopesOf(person)) { Person = person });
            return null;
        }
        if (keys.Find(hash) is not { } key) return new(IssueType.Login, "UNKNOWN_KEY", AccessMessages.UnknownKey());
        if (key.IsExpired(clock.GetUtcNow())) return new(IssueType.Expired, "EXPIRED_KEY", AccessMessages.ExpiredKey(key.Name, key.Expires!.Value));
        context.Features.Set(new Caller(key.Name, key.Scopes) { Person = new($"key:{key.Name}", ActorKind.Program, new Dictionary<string, MapRole>()) });
        return null;
    }

    /// <summary>Of people: what they may do with maps is in the table of permissions; resources are written by keys and by admins.</summary>
    private static Scope ScopesOf(Person person)
        => Scope.Read | Scope.Maps | (person.Roles.Values.Any(roles => roles.HasFlag(MapRole.Admin)) ? Scope.Admin | Scope.Write : Scope.None);

    private static string? SecretIn(string header)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["Bearer ", "ApiKey "])
        {
            if (header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return header[scheme.Length..].Trim();
        }
        return null;
    }

    /// <summary>A page of another origin may send simple requests to this machine from the browser of who sits at it; a proxy sends those of anybody.</summary>
    private bool IsFromElsewhere(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("Forwarded") || headers.ContainsKey("Via") || headers.ContainsKey("X-Original-For")) return true;
        if (headers.Origin.Count == 0) return headers["Sec-Fetch-Site"] == "cross-site";
        var origin = headers.Origin.ToString();
        return !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) && !options.Cors.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    private static Task RefuseAsync(HttpContext context, TerminologyException refusal)
    {
        var answer = FhirErrors.Answer(refusal);
        Measures.TurnedAway(answer.Status);
        if (refusal.Type is IssueType.Login or IssueType.Expired) context.Response.Headers.WWWAuthenticate = Challenge;
        return FhirPipeline.WriteAsync(context, answer);
    }
}
