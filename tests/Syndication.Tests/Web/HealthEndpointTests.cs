using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Syndication.Feeds;
using Syndication.Ledger;
using Syndication.Web;

namespace Syndication.Tests.Web;

public sealed class HealthEndpointTests
{
    private static readonly Alert Held = new("held", "3 posts wait for your approval", ["operator@example.org, 550 says mail.internal"]);

    private readonly FakeTimeProvider _time = new();
    private readonly AttentionSource _attention = new();
    private readonly PublishedSiteSource _published = new();

    [Fact]
    public async Task WhereNothingWaitsItIsOk()
    {
        _attention.Current = new Attention(_time.GetUtcNow(), [], IsKnown: true);

        Assert.Equal((200, "ok\n"), await AskAsync());
        Assert.Equal((200, ""), await AskAsync("HEAD"));
    }

    [Fact]
    public async Task WhatWaitsForTheOperatorIsListedWithoutItsReasons()
    {
        _attention.Current = new Attention(_time.GetUtcNow(), [Held], IsKnown: true);

        Assert.Equal((200, "attention\n3 posts wait for your approval\n"), await AskAsync());
    }

    [Fact]
    public async Task WhereTheDatabaseCannotBeReadItFails()
    {
        _attention.Current = new Attention(_time.GetUtcNow(), [], IsKnown: false);

        Assert.Equal((503, "failing\nthe database cannot be read\n"), await AskAsync());
    }

    [Fact]
    public async Task WhereNobodyLooksAnyMoreItFails()
    {
        Assert.Equal(503, (await AskAsync()).Status);
        _attention.Current = new Attention(_time.GetUtcNow(), [], IsKnown: true);
        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal((503, "failing\nmail is not looked after any more\n"), await AskAsync());
    }

    [Fact]
    public async Task OtherPathsAndMethodsAreNotItsOwn()
    {
        Assert.Equal((418, ""), await AskAsync("GET", "/health/insurance"));
        Assert.Equal(405, (await AskAsync("POST")).Status);
    }

    [Fact]
    public async Task BelowTheSitesPathItAnswersAsWell()
    {
        _attention.Current = new Attention(_time.GetUtcNow(), [], IsKnown: true);
        _published.Current = PublishedSite.Empty with { Prefix = "/blog" };

        Assert.Equal(200, (await AskAsync("GET", "/blog/health")).Status);
        Assert.Equal(200, (await AskAsync()).Status);
    }

    private async Task<(int Status, string Text)> AskAsync(string method = "GET", string path = "/health")
    {
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = path;
        using MemoryStream body = new();
        context.Response.Body = body;
        await new HealthEndpoint(_attention, _published, _time).Answer(context, c =>
        {
            c.Response.StatusCode = 418;
            return Task.CompletedTask;
        });
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
