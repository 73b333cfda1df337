using System.Text;
using Terminology.Search;

namespace Terminology.CodeSystems;

/// <summary>
/// A code system with a grammar. Its listed codes have the first ordinals; a composed code gets the next one when it is first found. Ordinals of composed codes are kept
/// as long as this object, so each request opens one of its own (<see cref="Open"/>): what a client sends costs memory only while it is answered.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class GrammarCodeSystem : ICodeSystem
{
    // Indexes of designations and properties are the ordinal times this, plus the place.
    private const int MostEach = 16;
    private readonly Table _listed;
    private readonly Lock _lock = new();
    private Dictionary<string, int>? _composed;
    private List<Entry>? _entries;

    public GrammarCodeSystem(CodeSystemInfo info, CodeGrammar grammar)
        : this(new Table(info, grammar))
    {
    }

    private GrammarCodeSystem(Table listed)
    {
        _listed = listed;
        Search = new ScanTermSearch(this);
    }

    public CodeGrammar Grammar => _listed.Grammar;

    public CodeSystemInfo Info => _listed.Info;

    /// <summary>The listed codes: those that are composed cannot be counted.</summary>
    public int Count => _listed.Entries.Length;

    public ConceptSet All => ConceptSet.Run(0, Count);

    public ConceptSet Active => _listed.Active;

    public ConceptSet Roots => All;

    public ITermSearch Search { get; }

    public IRefsets? Refsets => null;

    /// <summary>The same code system with a memory of its own for composed codes.</summary>
    public GrammarCodeSystem Open() => new(_listed);

    public bool TryFind(ReadOnlySpan<byte> code, out ConceptOrdinal concept) => (concept = Find(Encoding.UTF8.GetString(code))).Exists;

    public ReadOnlySpan<byte> Code(ConceptOrdinal concept) => At(concept).Code;

    public ConceptFlags Flags(ConceptOrdinal concept) => At(concept).Composed.Flags;

    public ReadOnlySpan<byte> Display(ConceptOrdinal concept) => At(concept).Designations[0].Value;

    public IndexRange Designations(ConceptOrdinal concept) => new(concept.Value * MostEach, At(concept).Designations.Length);

    public DesignationView Designation(int designation)
    {
        var (language, use, value) = At(new(designation / MostEach)).Designations[designation % MostEach];
        return new() { Value = value, Language = language, Use = use, Active = true, Module = "" };
    }

    public Acceptability Acceptability(int designation, string languageRefset) => CodeSystems.Acceptability.None;

    public IndexRange Properties(ConceptOrdinal concept) => new(concept.Value * MostEach, At(concept).Properties.Length);

    public PropertyView Property(int property)
    {
        var (definition, value) = At(new(property / MostEach)).Properties[property % MostEach];
        return new() { Property = definition, Value = value, Concept = ConceptOrdinal.None };
    }

    public ReadOnlySpan<ConceptOrdinal> Parents(ConceptOrdinal concept) => Nothing(concept);

    public ReadOnlySpan<ConceptOrdinal> Children(ConceptOrdinal concept) => Nothing(concept);

    public bool IsA(ConceptOrdinal concept, ConceptOrdinal ancestor) => Grammar.IsA(At(concept).Composed.Code, At(ancestor).Composed.Code);

    /// <summary>Of the listed codes those that are below it, and itself.</summary>
    public ConceptSet DescendantsOrSelf(ConceptOrdinal concept)
    {
        var code = At(concept).Composed.Code;
        return Where(entry => Grammar.IsA(entry.Composed.Code, code)).Or(ConceptSet.Single(concept));
    }

    public ConceptSet AncestorsOrSelf(ConceptOrdinal concept)
    {
        var code = At(concept).Composed.Code;
        return Where(entry => Grammar.IsA(code, entry.Composed.Code)).Or(ConceptSet.Single(concept));
    }

    public ConceptSet WithProperty(int property, ConceptOrdinal value) => ConceptSet.Empty;

    public ConceptSet WithProperty(int property, ReadOnlySpan<byte> value)
    {
        var wanted = value.ToArray();
        return Where(entry => Array.Exists(entry.Properties, own => own.Property == property && own.Value.AsSpan().SequenceEqual(wanted)));
    }

    public ConceptSet WithProperty(int property) => Where(entry => Array.Exists(entry.Properties, own => own.Property == property));

    /// <summary>Why a text is no code of this system, or null.</summary>
    public string? Explain(string code) => Grammar.Explain(code);

    private ReadOnlySpan<ConceptOrdinal> Nothing(ConceptOrdinal concept) => At(concept) is null ? throw new ArgumentOutOfRangeException(nameof(concept)) : [];

    private ConceptSet Where(Predicate<Entry> test) => ConceptSet.FromSorted(Enumerable.Range(0, Count).Where(i => test(_listed.Entries[i])).ToArray());

    private ConceptOrdinal Find(string code)
    {
        if (_listed.ByCode.TryGetValue(code, out var listed)) return new(listed);
        lock (_lock)
        {
            if (_composed?.TryGetValue(code, out var known) == true) return new(known);
        }
        if (Grammar.Read(code) is not { } composed) return ConceptOrdinal.None;
        lock (_lock)
        {
            _composed ??= new(StringComparer.Ordinal);
            if (_composed.TryGetValue(code, out var known)) return new(known);
            (_entries ??= []).Add(new(composed, Info));
            return new(_composed[code] = Count + _entries.Count - 1);
        }
    }

    private Entry At(ConceptOrdinal concept)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(concept.Value, nameof(concept));
        if (concept.Value < Count) return _listed.Entries[concept.Value];
        lock (_lock)
        {
            return _entries is { } entries && concept.Value - Count < entries.Count ? entries[concept.Value - Count] : throw new ArgumentOutOfRangeException(nameof(concept));
        }
    }

    private sealed class Entry
    {
        public Entry(ComposedCode composed, CodeSystemInfo info)
        {
            Composed = composed;
            Code = Encoding.UTF8.GetBytes(composed.Code);
            Designations = [(info.Language ?? "", DesignationUses.Unspecified, Encoding.UTF8.GetBytes(composed.Display)),
                .. composed.Designations.Take(MostEach - 1).Select(own => (own.Language, own.Use, Encoding.UTF8.GetBytes(own.Value)))];
            Properties = [.. composed.Properties.Take(MostEach).Select(own => (own.Property, Encoding.UTF8.GetBytes(own.Value)))];
        }

        public ComposedCode Composed { get; }

        public byte[] Code { get; }

        public (string Language, Coding Use, byte[] Value)[] Designations { get; }

        public (int Property, byte[] Value)[] Properties { get; }
    }

    /// <summary>What all openings share: the listed codes, read when the first is asked for.</summary>
    private sealed class Table(CodeSystemInfo info, CodeGrammar grammar)
    {
        private readonly Lazy<(Entry[] Entries, Dictionary<string, int> ByCode)> _content = new(() =>
        {
            Entry[] entries = [.. grammar.Listed.Select(code => new Entry(grammar.Read(code)!, info))];
            return (entries, entries.Select((entry, ordinal) => (entry.Composed.Code, ordinal)).ToDictionary(pair => pair.Code, pair => pair.ordinal, StringComparer.Ordinal));
        });

        private ConceptSet? _active;

        public CodeSystemInfo Info => info;

        public CodeGrammar Grammar => grammar;

        public Entry[] Entries => _content.Value.Entries;

        public Dictionary<string, int> ByCode => _content.Value.ByCode;

        public ConceptSet Active => _active ??= ConceptSet.FromSorted(Enumerable.Range(0, Entries.Length).Where(i => (Entries[i].Composed.Flags & ConceptFlags.Inactive) == 0).ToArray());
    }
}
