using Terminology.CodeSystems;

namespace Terminology;

/// <summary>
/// Each operation asks its own session of the service: the same content, with a memory of its own for the codes that clients compose
/// (<see cref="GrammarCodeSystem"/>). What is remembered goes when the answer goes.
/// </summary>
public sealed partial class TerminologyService
{
    private OpenedSystems? _opened;

    /// <summary>This service for one operation; costs a shallow copy.</summary>
    private TerminologyService Session()
    {
        if (_opened is not null) return this;
        var session = (TerminologyService)MemberwiseClone();
        session._opened = new();
        return session;
    }

    private ICodeSystem Opened(ICodeSystem found) => found is not GrammarCodeSystem grammar ? found : _opened?.Open(grammar) ?? grammar.Open();

    /// <summary>One opening of each code system with a grammar, so that what an operation finds twice is the same object.</summary>
    private sealed class OpenedSystems
    {
        private readonly Lock _lock = new();
        private List<(GrammarCodeSystem System, GrammarCodeSystem Opened)>? _systems;

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
