using System.Diagnostics;
using System.Text;
using Terminology.Loaders.Ucum;
using Terminology.Mapping.Lists;
using Terminology.Mapping.Lists.Damage;

namespace Terminology.Loaders.Lists;

public sealed class LargeListTests
{
    private const int Rows = 200_000;

    [Test]
    public void Read_TwoHundredThousandRows_TakesSecondsAndLittleMemory()
    {
        var text = new StringBuilder("code,name,unit,specimen,department,frequency,last used\n");
        for (var i = 0; i < Rows; i++) text.Append($"L{i:D6},\"Analyte {i % 5000}, of kind {i}\",{(i % 2 == 0 ? "mmol/L" : "mg/dL")},{(i % 3 == 0 ? "Serum" : "Urine")},Chemistry {i % 12},{i * 7 % 9000},2025-10-{(i % 30) + 1:D2}\n");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var read = ListFile.Read(bytes);
        var (reading, memory) = (watch.Elapsed, GC.GetTotalMemory(forceFullCollection: true) - before);
        watch.Restart();
        var units = new UnitReader(UcumWorld.Units);
        var recipe = read.Recipe.With(ColumnGuess.Of(read.Table, units));
        var guessing = watch.Elapsed;
        watch.Restart();
        var list = SourceList.From(read.Table, recipe);
        var findings = DamageScan.Of(read.Table, recipe, list).Count;
        var scanning = watch.Elapsed;
        watch.Restart();
        var diff = ListDiff.Between(list, list, units);
        TestContext.Out.WriteLine($"{bytes.Length >> 20} MB: read {reading.TotalSeconds:F2} s and {memory >> 20} MB, guessed {guessing.TotalSeconds:F2} s, rows and damage {scanning.TotalSeconds:F2} s ({findings} findings), compared {watch.Elapsed.TotalSeconds:F2} s");
        Assert.That((list.Rows.Count, diff.Count(RowClass.Unchanged)), Is.EqualTo((Rows, Rows)));
        Assert.That(reading, Is.LessThan(TimeSpan.FromSeconds(15)));
        Assert.That(memory, Is.LessThan(250 << 20));
    }
}
