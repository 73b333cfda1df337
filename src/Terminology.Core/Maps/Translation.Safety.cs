using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Maps;

/// <summary>What a caller must know of each match before applying it unattended.</summary>
internal sealed partial class Translation
{
    private static uint Flag(Caution caution) => 1u << (int)caution;

    /// <summary>The cautions of a match, from what is known of it and what was said about its source.</summary>
    private static uint CautionsOf(Hit hit)
    {
        var match = hit.Match;
        var cautions = hit.Cautions;
        if (match.NoMap || match.Target is null) cautions |= Flag(Caution.NoTarget);
        else if (match.Relationship != MapRelationship.Equivalent) cautions |= Flag(Caution.NotEquivalent);
        if (match.DependsOn.Count > 0) cautions |= Flag(Caution.ContextMissing);
        if (match.Via is not null) cautions |= Flag(Caution.SourceInactive);
        if (match.Chain.Count > 0) cautions |= Flag(Caution.Chained);
        if (match.IsSuperseded) cautions |= Flag(Caution.Superseded);
        foreach (var issue in match.Issues) cautions |= CautionOf(issue);
        cautions |= hit.Map.Info.Status switch
        {
            PublicationStatus.Draft => Flag(Caution.DraftMap),
            PublicationStatus.Retired => Flag(Caution.RetiredMap),
            _ => 0,
        };
        return match.NeedsPerson && cautions == 0 ? Flag(Caution.NeedsPerson) : cautions;
    }

    private static uint CautionOf(Issue issue) => issue.MessageId switch
    {
        "TARGET_INACTIVE" => Flag(Caution.TargetInactive),
        "TARGET_UNKNOWN" => Flag(Caution.TargetUnknown),
        "TARGET_NOT_CHECKED" => Flag(Caution.TargetNotChecked),
        "SOURCE_INACTIVE" => Flag(Caution.SourceInactive),
        "SOURCE_UNKNOWN" => Flag(Caution.SourceUnknown),
        "SEVERAL_READINGS" => Flag(Caution.SeveralReadings),
        "HISTORY_NOT_CERTAIN" => Flag(Caution.HistoryUncertain),
        "OUTSIDE_MAP_SCOPE" or "GROUP_WITHOUT_SYSTEM" => Flag(Caution.OutsideScope),
        "SCOPE_UNDECIDED" => Flag(Caution.ScopeUndecided),
        _ => 0,
    };

    /// <summary>What was said about a source holds for each of its matches.</summary>
    private void Mark(int fromHit, int fromIssue)
    {
        uint cautions = 0;
        for (var i = fromIssue; i < _issues.Count; i++) cautions |= CautionOf(_issues[i]);
        // What is said of one target is found with that match.
        cautions &= ~(Flag(Caution.TargetInactive) | Flag(Caution.TargetUnknown) | Flag(Caution.TargetNotChecked) | Flag(Caution.ScopeUndecided));
        if (cautions == 0) return;
        for (var i = fromHit; i < _hits.Count; i++) _hits[i].Cautions |= cautions;
    }

    private void SeveralTargets()
    {
        foreach (var code in _hits.Where(hit => IsCurrent(hit) && hit.Match.Target is not null).GroupBy(hit => (hit.Match.Source?.System, hit.Match.Source?.Code, hit.TargetSystem)))
        {
            if (code.Select(hit => hit.Match.Target!.Code).Distinct(StringComparer.Ordinal).Count() < 2) continue;
            foreach (var hit in code) hit.Cautions |= Flag(Caution.SeveralTargets);
        }
    }

    private TranslateMatch[] Judged()
    {
        if (_hits.Count > 1) SeveralTargets();
        var matches = new TranslateMatch[_hits.Count];
        for (var i = 0; i < matches.Length; i++)
        {
            var cautions = CautionsOf(_hits[i]);
            matches[i] = cautions == 0 ? _hits[i].Match : _hits[i].Match with { Cautions = List(cautions) };
        }
        return matches;
    }

    /// <summary>Those of all matches that hold, or of the superseded ones when nothing else does; codings of one meaning that come to different targets are several too.</summary>
    private Caution[] Summary(TranslateMatch[] matches)
    {
        if (matches.Length == 0) return [Caution.NotMapped];
        uint cautions = 0;
        var hold = Array.Exists(matches, IsCurrent);
        foreach (var match in matches)
        {
            if (hold && match.IsSuperseded) continue;
            foreach (var caution in match.Cautions) cautions |= Flag(caution);
        }
        if (matches.Length > 1 && _hits.Where(hit => IsCurrent(hit) && hit.Match.Target is not null).GroupBy(hit => hit.TargetSystem).Any(system => system.Select(hit => hit.Match.Target!.Code).Distinct(StringComparer.Ordinal).Count() > 1)) cautions |= Flag(Caution.SeveralTargets);
        return List(cautions);
    }

    private static Caution[] List(uint cautions)
    {
        if (cautions == 0) return [];
        var list = new List<Caution>();
        for (; cautions != 0; cautions &= cautions - 1) list.Add((Caution)System.Numerics.BitOperations.TrailingZeroCount(cautions));
        return [.. list];
    }
}
