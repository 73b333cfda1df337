namespace Terminology.Loaders.Maps;

/// <summary>CURIEs, <c>prefix:code</c>, and the canonicals that their prefixes stand for.</summary>
internal sealed class Curies
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["loinc"] = CodeSystemUri.Loinc.Value, ["snomed"] = CodeSystemUri.Snomed.Value, ["snomedct"] = CodeSystemUri.Snomed.Value, ["sctid"] = CodeSystemUri.Snomed.Value, ["rxnorm"] = CodeSystemUri.RxNorm.Value,
        ["icd10"] = CodeSystemUri.Icd10.Value, ["icd10cm"] = CodeSystemUri.Icd10Cm.Value, ["icd9cm"] = CodeSystemUri.Icd9Cm.Value, ["ucum"] = CodeSystemUri.Ucum.Value, ["omop"] = OmopConcepts.System,
    };

    private readonly Dictionary<string, string> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);

    /// <summary>Prefixes of a file and of the options; the latter win.</summary>
    public Curies(IEnumerable<KeyValuePair<string, string>> declared, IReadOnlyDictionary<string, string> options)
    {
        foreach (var (prefix, url) in declared) _declared[prefix] = url;
        foreach (var (prefix, url) in options) _declared[prefix] = url;
    }

    /// <summary>Prefixes given out by <see cref="Write"/>, in the order of their first use.</summary>
    public IReadOnlyDictionary<string, string> Used => _prefixes;

    /// <summary>System and code; false when there is no prefix.</summary>
    /// <remarks>A prefix that nobody declared stays as it is for a system.</remarks>
    public bool TryRead(string curie, out string system, out string code)
    {
        (system, code) = ("", curie);
        var colon = curie.IndexOf(':');
        if (colon <= 0 || colon == curie.Length - 1) return false;
        // An address that is no CURIE: what comes behind its last stroke is the code.
        if (curie.AsSpan(colon).StartsWith("://"))
        {
            var cut = curie.LastIndexOfAny(['/', '#']);
            if (cut <= colon + 2 || cut == curie.Length - 1) return false;
            (system, code) = (curie[..cut], curie[(cut + 1)..]);
            return true;
        }
        var prefix = curie[..colon];
        system = _declared.GetValueOrDefault(prefix) ?? Known.GetValueOrDefault(prefix) ?? prefix;
        // Prefixes expand to the beginning of an address; a canonical has no stroke at its end.
        if (system.Length > 1) system = system.TrimEnd('/', '#');
        code = curie[(colon + 1)..];
        return true;
    }

    /// <summary>The CURIE of a code; its prefix is told in <see cref="Used"/>.</summary>
    public string Write(string? system, string code)
    {
        system ??= "local";
        var prefix = _prefixes.FirstOrDefault(pair => pair.Value == system).Key;
        if (prefix is null)
        {
            prefix = _declared.FirstOrDefault(pair => pair.Value == system).Key ?? Known.FirstOrDefault(pair => pair.Value == system).Key;
            for (var number = 1; prefix is null || (_prefixes.TryGetValue(prefix, out var other) && other != system); number++) prefix = $"s{number}";
            _prefixes[prefix] = system;
        }
        return $"{prefix}:{code}";
    }
}
