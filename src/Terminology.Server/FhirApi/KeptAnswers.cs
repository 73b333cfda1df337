using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;

namespace Terminology.Server.FhirApi;

/// <summary>A question as it was sent: all of a request that an answer depends on, besides the state of the world.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Body">The body byte by byte; empty for GET.</param>
/// <param name="ContentType">What the body is, or null.</param>
/// <param name="Accept">The form asked for, or null.</param>
/// <param name="Languages">Accept-Language, or null.</param>
internal readonly record struct Question(string Target, string Body, string? ContentType, string? Accept, string? Languages)
{
    /// <summary>Longest body that is looked at.</summary>
    public const int LongestBody = 4096;

    /// <summary>The question of a request, or null when its answer is not kept: it depends on more than is loaded and stored, its body is long, or a form.</summary>
    public static Question? Of(HttpContext context, FhirOperation operation, ReadOnlySpan<byte> body)
    {
        if (!operation.IsStable || body.Length > LongestBody) return null;
        var (request, headers) = (context.Request, context.Request.Headers);
        if (request.ContentLength is > 0 && body.IsEmpty) return null;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new(target, body.IsEmpty ? "" : System.Text.Encoding.Latin1.GetString(body), request.ContentType, Text(headers.Accept), Text(headers.AcceptLanguage));
    }

    /// <inheritdoc/>
    public override int GetHashCode() => Body.Length == 0 ? Target.GetHashCode(StringComparison.Ordinal) : HashCode.Combine(Target, Body);

    /// <summary>Characters that it keeps.</summary>
    public int Length => Target.Length + Body.Length;

    private static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();
}

/// <summary>An answer as it was sent.</summary>
/// <param name="Status">200 or 404.</param>
/// <param name="Form">JSON or XML, as the question wants it.</param>
/// <param name="System">The code system it is about, for the figures; or null.</param>
/// <param name="SystemVersion">As <see cref="FhirAnswer.SystemVersion"/>.</param>
/// <param name="Unmapped">As <see cref="FhirAnswer.Unmapped"/>: each time it is answered again, it counts.</param>
internal sealed record KeptAnswer(int Status, byte[] Form, string? System, string? SystemVersion, string? Unmapped);

/// <summary>
/// The answers of one state of the world, ready to be sent again: an interface asks for the same few hundred codes all day. They go with the state they were given
/// of, so that none is ever out of date; of too many those go that nobody asked for lately.
/// </summary>
/// <remarks>Thread-safe. Decision 0020.</remarks>
internal sealed class KeptAnswers
{
    /// <summary>Longest answer that is kept, in bytes; what is longer is limited by sending it.</summary>
    public const int Longest = 16 << 10;

    /// <summary>What an entry takes besides its answer and its question.</summary>
    private const int Overhead = 200;

    private readonly Lock _turning = new();
    private volatile Generation _young = new(), _old = new();

    private sealed class Generation
    {
        private long _bytes;

        public ConcurrentDictionary<Question, KeptAnswer> Answers { get; } = new();

        /// <returns>Bytes kept with it.</returns>
        public long Add(Question question, KeptAnswer answer)
            => Answers.TryAdd(question, answer) ? Interlocked.Add(ref _bytes, Overhead + 2 * question.Length + answer.Form.Length) : Interlocked.Read(ref _bytes);
    }

    /// <summary>The answer that was given to the very same question; null when there was none, or it was asked too long ago.</summary>
    public KeptAnswer? Find(Question question, long most)
    {
        if (_young.Answers.TryGetValue(question, out var answer)) return answer;
        if (!_old.Answers.TryGetValue(question, out answer)) return null;
        Keep(question, answer, most);
        return answer;
    }

    /// <summary>Keeps an answer.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">No longer than <see cref="Longest"/>.</param>
    /// <param name="most">Most bytes to keep.</param>
    public void Keep(Question question, KeptAnswer answer, long most)
    {
        var young = _young;
        if (young.Add(question, answer) <= most / 2) return;
        lock (_turning)
        {
            if (_young != young) return;
            _old = young;
            _young = new();
        }
    }
}
