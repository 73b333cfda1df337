using Terminology.CodeSystems;
using Terminology.Expressions;
using Terminology.Icd10;

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
    /// <param name="withPairs">Are dual codes of ICD-10, or codes with its marks, asked about?</param>
    private TerminologyService Session(bool withExpressions = false, bool withPairs = false)
    {
        if (_opened is not null) return this;
        var session = (TerminologyService)MemberwiseClone();
        session._opened = new() { WithExpressions = withExpressions, WithPairs = withPairs };
        return session;
    }

    private static bool AreExpressions(params IEnumerable<Coding> codings) => codings.Any(coding => coding.Code is { } code && SnomedExpression.IsLike(code));

    private static bool IsPair(Coding coding) => coding.Code is { } code && DualCode.IsLike(code);

    private static bool ArePairs(IReadOnlyList<Coding> codings)
    {
        foreach (var coding in codings)
        {
            if (IsPair(coding)) return true;
        }
        return false;
    }

    private ICodeSystem Opened(ICodeSystem found)
    {
        if (found is GrammarCodeSystem grammar) return _opened?.Open(grammar) ?? grammar.Open();
        if (_opened is { WithPairs: true } && DualCode.IsIn(found.Info.Url.Value)) return _opened.OpenPairs(found);
        return _opened is { WithExpressions: true } && found.Refsets is not null ? _opened.Open(found) : found;
    }

    /// <summary>One opening of each code system with a grammar, so that what an operation finds twice is the same object.</summary>
    private sealed class OpenedSystems
    {
        private readonly Lock _lock = new();
        private List<(GrammarCodeSystem System, GrammarCodeSystem Opened)>? _systems;
        private Dictionary<ICodeSystem, ExpressionCodeSystem>? _releases;

        private Dictionary<ICodeSystem, DualCodeSystem>? _classifications;

        public bool WithExpressions { get; init; }

        public bool WithPairs { get; init; }

        public DualCodeSystem OpenPairs(ICodeSystem release)
        {
            lock (_lock)
            {
                if (!(_classifications ??= []).TryGetValue(release, out var opened)) _classifications[release] = opened = new(release);
                return opened;
            }
        }

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
