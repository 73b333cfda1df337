using System.Diagnostics;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Ecl;

namespace Terminology.Benchmarks;

/// <summary>Random expression constraints of up to four operands over a release of SNOMED CT: hierarchy, refinements, members, filters.</summary>
internal sealed class EclUnderTest
{
    private readonly ICodeSystem _system;
    private readonly Random _random;
    private readonly string[] _refsets, _attributes;

    public EclUnderTest(ICodeSystem system, int seed)
    {
        (_system, _random) = (system, new(seed));
        _refsets = [.. system.Refsets!.All.Where(refset => refset.Type is not RefsetType.Language && system.Refsets.Members(refset.Id).Count > 0).Select(refset => refset.Id)];
        _attributes = [.. system.Info.Properties.Where(property => char.IsAsciiDigit(property.Code[0])).Select(property => property.Code)];
    }

    /// <summary>Asks all kinds, prints percentiles, and the slowest with what they ask.</summary>
    public void Measure(int count)
    {
        var expressions = Enumerable.Range(0, count).Select(_ => Expression()).ToArray();
        foreach (var expression in expressions.Take(200)) EclQuery.Evaluate(_system, expression);
        var times = new (double Milliseconds, double Processor, int Found, string Expression)[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var processor = Environment.CpuUsage.TotalTime;
            var found = EclQuery.Evaluate(_system, expressions[i]).Count;
            times[i] = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds, found, expressions[i]);
        }
        Array.Sort(times, static (left, right) => left.Milliseconds.CompareTo(right.Milliseconds));
        Console.WriteLine($"ecl             p50 {times[count / 2].Milliseconds,8:N2} ms  p90 {times[count * 9 / 10].Milliseconds,8:N2} ms  p99 {times[count * 99 / 100].Milliseconds,8:N2} ms  max {times[^1].Milliseconds,8:N2} ms  of {count:N0} expressions");
        var processorTimes = times.Select(time => time.Processor).Order().ToArray();
        Console.WriteLine($"    processor   p50 {processorTimes[count / 2],8:N2} ms  p90 {processorTimes[count * 9 / 10],8:N2} ms  p99 {processorTimes[count * 99 / 100],8:N2} ms  max {processorTimes[^1],8:N2} ms");
        foreach (var (milliseconds, processor, found, expression) in times[^Math.Min(count, 12)..]) Console.WriteLine($"  {milliseconds,8:N2} ms  {processor,8:N2} ms  {found,8:N0} concepts  {expression}");
    }

    private string Expression() => _random.Next(10) switch
    {
        0 => Operand(),
        1 => $"{Operand()} MINUS {Operand()}",
        2 => string.Join(" OR ", Enumerable.Range(0, _random.Next(2, 5)).Select(_ => Operand())),
        3 => $"({Operand()} OR {Operand()}) MINUS ({Operand()} AND {Operand()})",
        4 or 5 => string.Join(" AND ", Enumerable.Range(0, _random.Next(2, 5)).Select(_ => Operand())),
        _ => $"({Operand()} OR {Operand()}) AND {Operand()}",
    };

    private string Operand() => _random.Next(12) switch
    {
        <= 2 => Below(),
        3 => $"{Pick(">", ">>", "<!", ">!", "!!>", "!!<")} ({Below()})",
        4 => $"^ {Pick(_refsets)}",
        5 => $"({Below()} : {Attribute()})",
        6 => $"({Below()} : {Attribute()}, {Attribute()})",
        7 => $"({Below()} : {{ {Attribute()}, {Attribute()} }})",
        8 => $"({Below()} : {Pick("[0..0] ", "[2..*] ", "[1..2] ")}{Attribute()})",
        9 => $"({Below()} . {Pick(_attributes)})",
        10 => $"({Below()} {{{{ {Filter()} }}}})",
        _ => $"({Below()} {{{{ {Pick("+HISTORY-MIN", "+HISTORY-MAX", "C definitionStatus = defined", "C moduleId != 900000000000207008", "C effectiveTime >= \"20200101\"")} }}}})",
    };

    /// <summary>A concept that has something below it: an ancestor of a random one.</summary>
    private string Below() => _random.Next(12) == 0 ? "*" : $"<< {Code(Ancestor(_random.Next(6)))}";

    private ConceptOrdinal Ancestor(int steps)
    {
        var concept = _system.Active[_random.Next(_system.Active.Count)];
        for (; steps > 0 && _system.Parents(concept).Length > 0; steps--) concept = _system.Parents(concept)[0];
        return concept;
    }

    private string Attribute()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var range = _system.Properties(_system.Active[_random.Next(_system.Active.Count)]);
            if (range.Count == 0) continue;
            var property = _system.Property(range.Start + _random.Next(range.Count));
            var code = _system.Info.Properties[property.Property].Code;
            if (!char.IsAsciiDigit(code[0])) continue;
            if (!property.Concept.Exists) return $"{code} {Pick("=", ">", "<=")} #{(decimal.TryParse(property.Value, out _) ? Encoding.UTF8.GetString(property.Value) : "1")}";
            var value = property.Concept;
            for (var steps = _random.Next(4); steps > 0 && _system.Parents(value).Length > 0; steps--) value = _system.Parents(value)[0];
            return $"{Pick(code, code, code, "*")} {Pick("=", "=", "!=")} {Pick("", "<< ", "<< ")}{Code(value)}";
        }
        return "* = *";
    }

    private string Filter() => _random.Next(8) switch
    {
        0 => $"term = \"{Word(3)} {Word(4)}\", type = syn",
        1 => $"term = wild:\"*{Word(5)}*\"",
        2 => $"term = \"{Word(4)}\", dialect = en-us (prefer)",
        3 => "dialect = en-gb (accept)",
        4 => $"term != \"{Word(4)}\", type = fsn",
        5 => $"term = (\"{Word(6)}\" \"{Word(2)}\")",
        6 => "type = def",
        _ => $"term = \"{Word(5)}\"",
    };

    private string Word(int letters)
    {
        while (true)
        {
            var range = _system.Designations(_system.Active[_random.Next(_system.Active.Count)]);
            if (range.Count == 0) continue;
            var words = Encoding.UTF8.GetString(_system.Designation(range.Start).Value).Split(' ').Where(word => word.Length >= letters && word.All(char.IsAsciiLetter)).ToArray();
            if (words.Length > 0) return words[_random.Next(words.Length)][..letters];
        }
    }

    private string Code(ConceptOrdinal concept) => Encoding.UTF8.GetString(_system.Code(concept));

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
