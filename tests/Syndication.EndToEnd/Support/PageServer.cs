using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Syndication.EndToEnd.Support;

/// <summary>Somebody else's web server for the blog: has the pages that the test puts there, and remembers who asked.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, RequestDelegate> _pages = new(StringComparer.Ordinal);

    private PageServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    /// <summary>Every request so far: path and User-Agent.</summary>
    public ConcurrentQueue<(string Path, string Agent)> Asked { get; } = [];

    /// <summary>Where it listens; ends with a slash.</summary>
    public Uri Url => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");

    public static async Task<PageServer> StartAsync()
    {
        PageServer server = new();
        await server._server.StartAsync(TestContext.Current.CancellationToken);
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
