using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Syndication.Tests.Support;

/// <summary>A request as a server got it.</summary>
internal sealed record TestRequest(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, byte[] Body);

/// <summary>Somebody's web server over a real socket: answers as the test says, and remembers who asked for what.</summary>
internal sealed class TestWebServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private TestWebServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public ConcurrentQueue<TestRequest> Asked { get; } = [];

    /// <summary>What every request is answered; 200 and nothing else until it is set.</summary>
    public RequestDelegate Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Where it listens; ends with a slash.</summary>
    public Uri Url => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");

    public static async Task<TestWebServer> StartAsync()
    {
        TestWebServer server = new();
        await server._server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Says a status and nothing else.</summary>
    public void Say(int status) => Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource atOnce = new();
        await atOnce.CancelAsync();
        await _server.StopAsync(atOnce.Token);
        await _server.DisposeAsync();
    }

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
