using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Syndication.EndToEnd.Support;

namespace Syndication.Tests.Support;

/// <summary>A request as a server got it.</summary>
internal sealed record TestRequest(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, byte[] Body);

/// <summary>Somebody's web server over a real socket: answers as the test says, and remembers who asked for what.</summary>
internal sealed class TestWebServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private TestWebServer() => _server = new LoopbackServer(AnswerAsync);

    public ConcurrentQueue<TestRequest> Asked { get; } = [];

    /// <summary>What every request is answered; 200 and nothing else until it is set.</summary>
    public RequestDelegate Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Where it listens; ends with a slash.</summary>
    public Uri Url => _server.Url;

    public static async Task<TestWebServer> StartAsync()
    {
        TestWebServer server = new();
        await server._server.StartAsync();
        return server;
    }

    /// <summary>Says a status and nothing else.</summary>
    public void Say(int status) => Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        context.Request.Body = body;
        HeaderDictionary headers = [];
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers)
        {
            headers[name] = values;
        }

        Asked.Enqueue(new TestRequest(context.Request.Method, context.Request.Path.Value!, context.Request.Query, headers, body.ToArray()));
        await Answer(context);
    }
}
