using System.Globalization;
using System.Text.Json;
using Terminology.Mapping;
using Terminology.Mapping.People;
using Terminology.Server.Maps;
using Terminology.Server.OpenApi;

namespace Terminology.Server.MapApi;

/// <summary>
/// <c>GET /api/maps/MAP/events</c>: what happens to a map, as it happens (<see href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</see>). A note says
/// which row, release or question is another now, not what it says nor who did it: that is looked up, by the rights of who looks.
/// </summary>
internal static class EventEndpoints
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static void MapEvents(this RouteGroupBuilder maps, MapWork work, MapBook book)
        => maps.MapGet("/{map}/events", (HttpContext context, string map) => MapEndpoints.Answer(context, who =>
        {
            var known = work.Find(map, who, MapAction.ReadDrafts).Sequence;
            var behind = long.TryParse(context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? context.Request.Query["after"], CultureInfo.InvariantCulture, out var given) ? given : known;
            return Task.FromResult<IResult>(new Stream(book, map, behind));
        }))
            .Says(() => new Said("What happens to a map, as it happens")
            {
                More = "Server-sent events, until the client hangs up. Each says which row, release or question is another now; `Last-Event-ID` goes on behind what was seen.",
                Rights = [MapAction.ReadDrafts], Answer = new(null, "text/event-stream") { Meaning = "`id`: its place in the log; `event`: what was done; `data`: a MapNote as JSON." },
                Query = [Asked.Number("after", "Place of the last event that was seen; else from now on.", "0")],
            });

    private sealed class Stream(MapBook book, string map, long behind) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            // Whoever watches keeps no server from stopping.
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            var (response, aborted) = (context.Response, ending.Token);
            response.ContentType = "text/event-stream";
            using var watch = book.Watch(map); // before what has been, so that nothing falls in between
            try
            {
                await response.WriteAsync(": watching\n\n", aborted);
                await response.Body.FlushAsync(aborted);
                var last = await SendAsync(response, book.Since(map, behind), behind, aborted);
                while (await WaitAsync(response, watch, aborted))
                {
                    var notes = new List<MapNote>();
                    while (watch.Notes.TryRead(out var note)) notes.Add(note);
                    last = await SendAsync(response, notes, last, aborted);
                }
            }
            catch (OperationCanceledException) when (aborted.IsCancellationRequested)
            {
                // nobody watches any more, or the server stops
            }
        }

        /// <summary>Until something happened; says now and then that it is still there, so that nobody in between hangs up.</summary>
        private static async Task<bool> WaitAsync(HttpResponse response, MapWatch watch, CancellationToken aborted)
        {
            var pending = watch.Notes.WaitToReadAsync(aborted).AsTask();
            while (await Task.WhenAny(pending, Task.Delay(Silence, aborted)) != pending)
            {
                await response.WriteAsync(": still here\n\n", aborted);
                await response.Body.FlushAsync(aborted);
            }
            return await pending;
        }

        private static async Task<long> SendAsync(HttpResponse response, IEnumerable<MapNote> notes, long last, CancellationToken aborted)
        {
            foreach (var note in notes.Where(note => note.Sequence > last))
            {
                await response.WriteAsync($"id: {note.Sequence}\nevent: {note.Verb}\ndata: {JsonSerializer.Serialize(note, MappingJson.Options)}\n\n", aborted);
                last = note.Sequence;
            }
            await response.Body.FlushAsync(aborted);
            return last;
        }
    }
}
