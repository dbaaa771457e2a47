using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Syndication.Tests.Support;
using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

/// <summary>Over real sockets; what is allowed here beside the internet is said by the test.</summary>
public sealed class CallbackClientTests
{
    private static readonly CallbackRule Loopback = new() { IsAllowed = IPAddress.IsLoopback };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAnswerIsReadWithItsStatus()
    {
        await using TestWebServer server = await TestWebServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.StatusCode = 404;
            return context.Response.WriteAsync("nö", context.RequestAborted);
        };
        using CallbackClient client = new(Loopback);

        Assert.Equal(new CallbackAnswer(404, "nö", "404"), await client.GetAsync(new Uri(server.Url, "x?y=z"), Stop));
        Assert.Equal(new CallbackAnswer(404, "", "404"), await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, server.Url), Stop));
        Assert.StartsWith("Syndication/", server.Asked.First().Headers.UserAgent.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Each of them leads to a server that would answer, were it asked.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("rebound.example")]
    public async Task ThisMachineIsNotCalledByAnyName(string host)
    {
        await using TestWebServer server = await TestWebServer.StartAsync();
        using CallbackClient client = new(new CallbackRule
        {
            Resolve = (name, stop) => name == "rebound.example" ? Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("10.0.0.1")]) : Dns.GetHostAddressesAsync(name, stop),
        });

        CallbackAnswer answer = await client.GetAsync(new UriBuilder(server.Url) { Host = host }.Uri, Stop);

        Assert.Equal((null, "its address is not public"), (answer.Status, answer.Reason));
        Assert.Empty(server.Asked);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://0.0.0.0/")]
    public async Task NeighboursAreNotCalled(string address)
    {
        using CallbackClient client = new(CallbackRule.Strangers);

        Assert.Equal(new CallbackAnswer(null, "", "its address is not public"), await client.GetAsync(new Uri(address), Stop));
    }

    /// <summary>A name that is public when it is looked at first and private after.</summary>
    [Fact]
    public async Task ANameIsJudgedAnewAtEachCallAndTheJudgedAddressIsTheOneConnectedTo()
    {
        await using TestWebServer server = await TestWebServer.StartAsync();
        ConcurrentQueue<string> asked = [];
        IPAddress[][] answers = [[IPAddress.Parse("10.0.0.1"), IPAddress.Loopback], [IPAddress.Parse("10.0.0.1")], []];
        using CallbackClient client = new(new CallbackRule
        {
            IsAllowed = IPAddress.IsLoopback,
            Resolve = (name, _) =>
            {
                asked.Enqueue(name);
                return Task.FromResult(answers[asked.Count - 1]);
            },
        });
        Uri address = new UriBuilder(server.Url) { Host = "reader.example" }.Uri;

        Assert.Equal(200, (await client.GetAsync(address, Stop)).Status);
        Assert.Equal("its address is not public", (await client.GetAsync(address, Stop)).Reason);
        Assert.Equal("its name has no address", (await client.GetAsync(address, Stop)).Reason);
        Assert.Equal(["reader.example", "reader.example", "reader.example"], asked);
        Assert.Equal($"reader.example:{server.Url.Port}", Assert.Single(server.Asked).Headers.Host);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task ARedirectIsNotFollowed(int status)
    {
        await using TestWebServer inside = await TestWebServer.StartAsync();
        await using TestWebServer server = await TestWebServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = inside.Url.AbsoluteUri;
            return Task.CompletedTask;
        };
        using CallbackClient client = new(Loopback);

        Assert.Equal(status, (await client.GetAsync(server.Url, Stop)).Status);
        Assert.Empty(inside.Asked);
    }

    [Fact]
    public async Task AnEndlessBodyIsReadNoFurtherThanAChallengeCanBe()
    {
        await using TestWebServer server = await TestWebServer.StartAsync();
        server.Answer = async context =>
        {
            byte[] some = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(some, context.RequestAborted);
            }
        };
        using CallbackClient client = new(Loopback with { Patience = TimeSpan.FromSeconds(30) });
        long began = Stopwatch.GetTimestamp();

        Assert.Equal(new CallbackAnswer(200, "", "200"), await client.GetAsync(server.Url, Stop));
        Assert.Equal(200, (await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, server.Url), Stop)).Status);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WhoSaysNothingIsLeftAfterAWhile()
    {
        await using TestWebServer server = await TestWebServer.StartAsync();
        server.Answer = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        using CallbackClient client = new(Loopback with { Patience = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(new CallbackAnswer(null, "", "no answer within 0.2 s"), await client.GetAsync(server.Url, Stop));
    }

    [Fact]
    public async Task WhoDripsABodyIsLeftAfterAWhile()
    {
        await using TestWebServer server = await TestWebServer.StartAsync();
        server.Answer = async context =>
        {
            await context.Response.WriteAsync("a", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        using CallbackClient client = new(Loopback with { Patience = TimeSpan.FromMilliseconds(500) });

        Assert.Equal(new CallbackAnswer(null, "", "no answer within 0.5 s"), await client.GetAsync(server.Url, Stop));
    }

    [Theory]
    [InlineData("this is not HTTP\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("")]
    public async Task WhatIsNoHttpIsNoAnswer(string answer)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task served = ServeAsync();
        using CallbackClient client = new(Loopback);

        CallbackAnswer told = await client.GetAsync(new Uri($"http://{listener.LocalEndpoint}/"), Stop);

        await served;
        Assert.Null(told.Status);
        Assert.NotEmpty(told.Reason);

        async Task ServeAsync()
        {
            using TcpClient peer = await listener.AcceptTcpClientAsync(Stop);
            await peer.GetStream().ReadAtLeastAsync(new byte[1000], 10, cancellationToken: Stop);
            await peer.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), Stop);
        }
    }

    [Fact]
    public async Task WhereNobodyListensIsNoAnswer()
    {
        int port;
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        using CallbackClient client = new(Loopback);

        Assert.Null((await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), Stop)).Status);
    }
}
