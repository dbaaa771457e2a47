using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Syndication.EndToEnd.Support;

/// <summary>Somebody else's web server for the blog: has the pages that the test puts there, and remembers who asked.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly ConcurrentDictionary<string, RequestDelegate> _pages = new(StringComparer.Ordinal);

    private PageServer() => _server = new LoopbackServer(AnswerAsync);

    /// <summary>Every request so far: path and User-Agent.</summary>
    public ConcurrentQueue<(string Path, string Agent)> Asked { get; } = [];

    /// <summary>Where it listens; ends with a slash.</summary>
    public Uri Url => _server.Url;

    public static async Task<PageServer> StartAsync()
    {
        PageServer server = new();
        await server._server.StartAsync();
        return server;
    }

    /// <summary>Puts a page there.</summary>
    public void Put(string path) => Put(path, context => context.Response.WriteAsync("<!doctype html><title>A page</title>", context.RequestAborted));

    public void Put(string path, RequestDelegate answer) => _pages[path] = answer;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        Asked.Enqueue((path, context.Request.Headers.UserAgent.ToString()));
        if (_pages.TryGetValue(path, out RequestDelegate? answer))
        {
            return answer(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
