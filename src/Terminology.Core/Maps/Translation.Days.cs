using Terminology.Issues;
using Terminology.Operations;

namespace Terminology.Maps;

/// <summary>Which targets of a map hold on the day for which is asked, and those that another has superseded behind all others.</summary>
internal sealed partial class Translation
{
    /// <summary>Does a map list the coding, of which no target answers on this day? Then that is said, and not that it is not listed.</summary>
    private bool _isSilent;

    /// <summary>The elements of a code. Of maps whose targets have no days, as they are.</summary>
    private IReadOnlyList<MapElement> Find(IConceptMap map, int group, string code)
    {
        var found = request.Reverse ? map.FindByTarget(group, code) : map.Find(group, code);
        return map.Info.Days is null || found.Count == 0 ? found : OnDay(map, found);
    }

    /// <summary>What holds, then what is superseded, each settled by itself: conditions and rules of old targets do not compete with new ones.</summary>
    private List<MapElement> OnDay(IConceptMap map, IReadOnlyList<MapElement> found)
    {
        var (holding, superseded, silent) = (new List<MapElement>(found.Count), new List<MapElement>(), new List<string>());
        foreach (var element in found)
        {
            var (now, old) = (new List<MapTarget>(element.Targets.Count), new List<MapTarget>());
            var isCurrent = element.Targets.Count == 0;
            foreach (var target in element.Targets)
            {
                var days = TargetDays.Of(target);
                isCurrent |= !days.IsSuperseded;
                if (WhyNot(target, days) is { } why) Silent(map, element, why, silent);
                else (days.IsSuperseded ? old : now).Add(target);
            }
            // A code of which all targets are outside of their days is listed all the same: nothing else answers in its place.
            if (isCurrent) holding.Add(element with { Targets = now });
            if (old.Count > 0) superseded.Add(element with { Targets = old });
        }
        _isSilent = silent.Count > 0 && superseded.Count == 0 && holding.TrueForAll(element => !element.NoMap && element.Targets.Count == 0);
        if (_isSilent) Reason(DayMessages.NoneAnswers(Name(map), found[0].Code, silent));
        holding.AddRange(superseded);
        return holding;
    }

    /// <summary>Why a target is not answered; null when it is.</summary>
    private string? WhyNot(MapTarget target, TargetDays days)
    {
        if (days.HoldsOn(scope.Day)) return days.IsOptIn && !request.IncludeSuperseded ? DayMessages.OnlyWhoAsks(target.Code) : null;
        return days.From > scope.Day ? DayMessages.HoldsFrom(target.Code, days.From!.Value) : DayMessages.HeldUntil(target.Code, days.To!.Value, days.IsSuperseded);
    }

    private void Silent(IConceptMap map, MapElement element, string why, List<string> silent)
    {
        _trace?.Add(new(Name(map), false, DayMessages.Row(element.Code, why)));
        silent.Add(why);
    }

    private static bool IsSuperseded(IConceptMap map, MapTarget target) => map.Info.Days is not null && TargetDays.Of(target).IsSuperseded;

    /// <summary>What is superseded stands behind what holds, whatever groups and maps it comes from.</summary>
    private void SupersededLast(int from)
    {
        var at = from;
        while (at < _hits.Count && IsCurrent(_hits[at])) at++;
        if (at == _hits.Count) return;
        Hit[] ordered = [.. _hits.Skip(from).OrderBy(hit => hit.Match.IsSuperseded)];
        _hits.RemoveRange(from, _hits.Count - from);
        _hits.AddRange(ordered);
    }

    private static bool IsCurrent(Hit hit) => !hit.Match.IsSuperseded;

    private static bool IsCurrent(TranslateMatch match) => !match.IsSuperseded;
}
