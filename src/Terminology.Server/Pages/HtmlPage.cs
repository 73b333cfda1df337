using System.Net;
using System.Text;

namespace Terminology.Server.Pages;

/// <summary>A page for people under construction: everything that is not markup goes through <see cref="Text"/>.</summary>
internal sealed class HtmlPage(string title)
{
    private const string Style = """
        :root{--ink:#1c2733;--soft:#5b6b7b;--line:#d9e0e7;--paper:#fff;--mark:#0b6bcb;--warn:#b54708;--bad:#b42318;--good:#067647;--tint:#f4f7fa}
        @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa8b6;--line:#2c3947;--paper:#10161d;--mark:#6cb2ff;--warn:#f7b27a;--bad:#ff9a8f;--good:#6fdca4;--tint:#182029}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        header{display:flex;gap:1rem;align-items:center;padding:.6rem 1.2rem;border-bottom:1px solid var(--line);background:var(--tint)}
        header a{font-weight:600;color:var(--ink);text-decoration:none}header form{flex:1;display:flex}
        input{flex:1;font:inherit;padding:.35rem .6rem;border:1px solid var(--line);border-radius:6px;background:var(--paper);color:var(--ink)}
        main{max-width:72rem;margin:0 auto;padding:1.2rem}h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
        a{color:var(--mark)}.soft{color:var(--soft)}code{font-family:ui-monospace,monospace;font-size:.93em}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:500}
        .tag{display:inline-block;white-space:nowrap;padding:0 .5rem;border-radius:9px;border:1px solid currentColor;font-size:.85rem;margin-right:.3rem}.warn{color:var(--warn)}.bad{color:var(--bad)}.good{color:var(--good)}
        ul.tree,ul.tree ul{list-style:none;margin:0;padding-left:1.2rem;border-left:1px solid var(--line)}ul.tree li.here{font-weight:600}
        .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:0 2rem}pre{overflow:auto;background:var(--tint);padding:.8rem;border-radius:6px;max-height:30rem}
        """;

    private readonly StringBuilder _body = new();

    /// <summary>Markup of our own; never text from anywhere.</summary>
    public HtmlPage Markup(string markup)
    {
        _body.Append(markup);
        return this;
    }

    public HtmlPage Text(string? text)
    {
        _body.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    public HtmlPage Heading(string text) => Markup("<h2>").Text(text).Markup("</h2>");

    public HtmlPage Link(string address, string? text) => Markup("<a href=\"").Text(address).Markup("\">").Text(text).Markup("</a>");

    public HtmlPage Tag(string text, string kind = "") => Markup($"<span class=\"tag {kind}\">").Text(text).Markup("</span>");

    /// <summary>A row of two cells; none when there is nothing to say.</summary>
    public HtmlPage Fact(string name, string? value)
        => string.IsNullOrEmpty(value) ? this : Markup("<tr><th>").Text(name).Markup("</th><td>").Text(value).Markup("</td></tr>");

    public string Html(string path)
    {
        var head = WebUtility.HtmlEncode(title);
        return $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{head}</title><style>{Style}</style></head><body>"
            + $"<header><a href=\"{path}/\">Terminology</a><form action=\"{path}/\" role=\"search\"><input name=\"q\" aria-label=\"Canonical, code or words\" placeholder=\"Canonical, code or words\"></form></header><main>{_body}</main></body></html>";
    }
}
