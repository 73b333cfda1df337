namespace Terminology.Loaders.Maps;

/// <summary>
/// Spreadsheets run what begins with <c>= + - @</c>, a tabulator or a line break. Such a cell gets an apostrophe in front when it is written for people, which is taken off
/// again when it is read; where a text itself begins with apostrophes and then one of these, it gets one more, so that every text comes back to the letter.
/// </summary>
internal static class FormulaGuard
{
    public static string Write(string cell) => IsGuarded(cell) ? "'" + cell : cell;

    public static string Read(string cell) => cell.StartsWith('\'') && IsGuarded(cell) ? cell[1..] : cell;

    private static bool IsGuarded(string cell)
    {
        var at = 0;
        while (at < cell.Length && cell[at] == '\'') at++;
        return at < cell.Length && cell[at] is ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n');
    }
}
