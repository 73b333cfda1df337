using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Terminology.Loaders;
using Terminology.Releases;
using Terminology.Store.Data;

namespace Terminology.Server.Import;

/// <summary>What a person sees of an import: the plan, a bar that moves (plain lines when there is no terminal), problems, the report.</summary>
internal sealed class ImportConsole(TextWriter output, TextWriter error)
{
    private const int ShownProblems = 20;

    public void Plan(IReadOnlyList<RecognisedRelease> found)
    {
        foreach (var release in found)
        {
            output.WriteLine($"{release.Info.Title}");
            output.WriteLine($"  system   {release.Info.Id.Url}");
            output.WriteLine($"  version  {release.Info.Id.Version ?? "not known"}");
            output.WriteLine($"  format   {release.Info.Format}, {release.Files.Count} files{(release.Base is null ? "" : $", applied to {release.Base}")}");
        }
    }

    public void Error(string text) => error.WriteLine(text);

    /// <summary>Draws the progress until disposed.</summary>
    public IDisposable Watch(LoadReport report, string title) => new Ticker(report, title, error);

    public void Problems(LoadReport report)
    {
        foreach (var problem in report.Problems.Take(ShownProblems)) error.WriteLine($"{(problem.Rejects ? "rejected" : "warning ")}  {problem}");
        var more = report.Rejected + report.Warnings - Math.Min(report.Problems.Count, ShownProblems);
        if (more > 0) error.WriteLine($"… and {more:N0} more problems.");
    }

    public void Report(ReleaseEntry entry, LoadReport report, TimeSpan time)
    {
        Files(report);
        output.WriteLine($"{entry.Id} is loaded{(entry.Live ? " and live" : "; 'terminology activate' makes it live")}.");
        output.WriteLine(
            $"  read {report.Read:N0} = kept {report.Kept:N0} + rejected {report.Rejected:N0}{(report.PassedOver > 0 ? $" (passed over {report.PassedOver:N0})" : "")}; {report.Warnings:N0} warnings; {entry.Concepts:N0} concepts; "
            + $"{entry.Bytes / 1e6:N1} MB; {time.TotalSeconds:N1} s; peak memory {PeakMemory() / 1e6:N0} MB");
    }

    public void Difference(ReleaseInfo release, Manifest manifest, DifferenceSink difference, LoadReport report, bool activate)
    {
        Files(report);
        var live = manifest.Live(release.Id.Url);
        output.WriteLine($"An import would {(manifest.Find(release.Id) is null ? "add" : "replace")} {release.Id}"
            + (live is null || activate || live.Id == release.Id ? " and make it live." : $"; {live.Version} stays live."));
        output.WriteLine($"  read {report.Read:N0} = kept {report.Kept:N0} + rejected {report.Rejected:N0}; {report.Warnings:N0} warnings");
        if (difference.Concepts > 0)
        {
            output.WriteLine(live is null
                ? $"  {difference.Concepts:N0} concepts"
                : $"  {difference.Concepts:N0} concepts; against {live.Version}: {difference.Added:N0} new, {difference.Inactivated:N0} inactivated, "
                  + $"{difference.Reactivated:N0} active again, {difference.Missing:N0} gone");
        }
        if (difference.MapElements > 0) output.WriteLine($"  {difference.MapElements:N0} map elements");
        if (difference.Resources > 0) output.WriteLine($"  {difference.Resources:N0} FHIR resources");
        output.WriteLine("Nothing was changed (--dry-run).");
    }

    private void Files(LoadReport report)
    {
        foreach (var file in report.Files.Take(60))
        {
            output.WriteLine($"  {file.File}: read {file.Read:N0}, kept {file.Kept:N0}, rejected {file.Rejected:N0}");
        }
        if (report.Files.Count > 60) output.WriteLine($"  … and {report.Files.Count - 60:N0} more files");
    }

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Reads the progress four times a second: a bar on a terminal, a line every five seconds elsewhere.</summary>
    private sealed class Ticker : IDisposable
    {
        private readonly LoadReport _report;
        private readonly string _title;
        private readonly Timer _timer;
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly bool _terminal = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsErrorRedirected;
        private readonly TextWriter _error;
        private int _ticks;

        public Ticker(LoadReport report, string title, TextWriter error)
        {
            (_report, _title, _error) = (report, title, error);
            _timer = new(_ => Tick(), null, 250, 250);
        }

        public void Dispose()
        {
            _timer.Dispose();
            if (_terminal) _error.Write("\r\u001b[K");
        }

        private void Tick()
        {
            var progress = _report.Progress;
            var (bytes, total, rows, step) = (progress.Bytes, progress.TotalBytes, progress.Rows, progress.Step);
            var seconds = Math.Max(_watch.Elapsed.TotalSeconds, 0.001);
            var share = total > 0 ? Math.Min(1.0, (double)bytes / total) : 0;
            var left = share > 0.01 ? $", {seconds * (1 - share) / share:N0} s left" : "";
            var rate = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {rows / seconds:N0}/s{left}");
            if (_terminal)
            {
                var filled = (int)(share * 30);
                _error.Write($"\r\u001b[K{new string('█', filled)}{new string('░', 30 - filled)} {share,4:P0} {rate}  {Shorten(step)}");
            }
            else if (_ticks++ % 20 == 19)
            {
                _error.WriteLine($"{_title}: {share:P0} {rate}  {step}");
            }
        }

        private static string Shorten(string step) => step.Length <= 48 ? step : "…" + step[^47..];
    }
}
