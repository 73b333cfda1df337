using Terminology.CodeSystems;
using Terminology.Expressions;

namespace Terminology;

/// <summary>
/// Each operation asks its own session of the service: the same content, with a memory of its own for the codes that clients compose
/// (<see cref="GrammarCodeSystem"/>). What is remembered goes when the answer goes.
/// </summary>
public sealed partial class TerminologyService
{
    private OpenedSystems? _opened;

    /// <summary>This service for one operation; costs a shallow copy.</summary>
    /// <param name="withExpressions">Are post-coordinated expressions of SNOMED CT asked about?</param>
    private TerminologyService Session(bool withExpressions = false)
    {
        if (_opened is not null) return this;
        var session = (TerminologyService)MemberwiseClone();
        session._opened = new() { WithExpressions = withExpressions };
        return session;
    }

    private static bool AreExpressions(params IEnumerable<Coding> codings) => codings.Any(coding => coding.Code is { } code && SnomedExpression.IsLike(code));

    private ICodeSystem Opened(ICodeSystem found)
    {
        if (found is GrammarCodeSystem grammar) return _opened?.Open(grammar) ?? grammar.Open();
        return _opened is { WithExpressions: true } && found.Refsets is not null ? _opened.Open(found) : found;
    }

    /// <summary>One opening of each code system with a grammar, so that what an operation finds twice is the same object.</summary>
    private sealed class OpenedSystems
    {
        private readonly Lock _lock = new();
        private List<(GrammarCodeSystem System, GrammarCodeSystem Opened)>? _systems;
        private Dictionary<ICodeSystem, ExpressionCodeSystem>? _releases;

        public bool WithExpressions { get; init; }

        public ExpressionCodeSystem Open(ICodeSystem release)
        {
            lock (_lock)
            {
                if (!(_releases ??= []).TryGetValue(release, out var opened)) _releases[release] = opened = new(release);
                return opened;
            }
        }

        public GrammarCodeSystem Open(GrammarCodeSystem system)
        {
            lock (_lock)
            {
                foreach (var known in _systems ??= [])
                {
                    if (known.System == system) return known.Opened;
                }
                _systems.Add((system, system.Open()));
                return _systems[^1].Opened;
            }
        }
    }
}
