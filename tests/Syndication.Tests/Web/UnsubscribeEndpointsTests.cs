using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Templating;
using Syndication.Tests.Support;
using Syndication.Web;

namespace Syndication.Tests.Web;

public sealed class UnsubscribeEndpointsTests : IAsyncLifetime
{
    private const string Reader = "jane.doe@example.org";

    private TestDatabase _place = null!;
    private Database _database = null!;
    private SubscriberStore _store = null!;
    private TokenKeys _keys = null!;
    private UnsubscribeEndpoints _endpoints = null!;
    private Subscriber _reader = null!;
    private PostCatalogSource _catalog = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FakeTimeProvider Time => _place.Time;

    private string Link => "/unsubscribe/" + SignedToken.ForUnsubscribing(_keys, _reader.Uuid);

    public async ValueTask InitializeAsync()
    {
        _place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        _database = await _place.OpenAsync();
        _store = new SubscriberStore(_database);
        _keys = await new TokenKeyStore(_database, Time).LoadOrMakeAsync(Stop);
        await new EnrolmentStore(_database).AddAsync(new NewSubscriber { Address = EmailAddress.Read(Reader).Address! }, Time.GetUtcNow(), Stop);
        _reader = (await _store.FindAsync(EmailAddress.Read(Reader).Address!, Stop))!;
        _catalog = new PostCatalogSource();
        _endpoints = Endpoints(Path.Join(AppContext.BaseDirectory, "templates"));
    }

    public async ValueTask DisposeAsync()
    {
        _catalog.Dispose();
        await _database.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task FollowingTheLinkShowsAButtonAndChangesNothing()
    {
        foreach (string method in (string[])["GET", "HEAD", "GET"])
        {
            (HttpResponse response, string body) = await AskAsync(method, Link);

            Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
            Assert.Equal(method == "HEAD", body.Length == 0);
            Assert.Equal(SubscriberStatus.Active, await StatusAsync());
        }

        string page = (await AskAsync("GET", Link)).Body;
        Assert.Contains("<form method=\"post\">", page, StringComparison.Ordinal);
        Assert.Contains("j…@example.org", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Reader, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneClickOfAMailProgramUnsubscribesInOneRequest()
    {
        (HttpResponse response, _) = await AskAsync("POST", Link, "List-Unsubscribe=One-Click");

        Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
        Assert.False(response.Headers.ContainsKey("Location"));
        Assert.False(response.Headers.ContainsKey("Set-Cookie"));
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync());
    }

    [Fact]
    public async Task LeavingTwiceIsLeavingOnce()
    {
        await AskAsync("POST", Link);
        Time.Advance(TimeSpan.FromDays(400));
        (HttpResponse response, string body) = await AskAsync("POST", Link);

        Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
        Assert.Contains("You are unsubscribed", body, StringComparison.Ordinal);
        Assert.Equal(_reader.StatusSince, (await _store.FindAsync(_reader.Id, Stop))!.StatusSince);
        Assert.Contains("You are unsubscribed", (await AskAsync("GET", Link)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavingCanBeTakenBackForADay()
    {
        string undo = UndoOf((await AskAsync("POST", Link)).Body);
        Assert.Contains("Subscribe again?", (await AskAsync("GET", undo)).Body, StringComparison.Ordinal);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync());

        Time.Advance(TimeSpan.FromHours(23));
        (HttpResponse response, string body) = await AskAsync("POST", undo);
        Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
        Assert.Contains("You are subscribed", body, StringComparison.Ordinal);
        Assert.Equal(SubscriberStatus.Active, await StatusAsync());

        await AskAsync("POST", Link);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(StatusCodes.Status404NotFound, (await AskAsync("POST", undo)).Response.StatusCode);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync());
    }

    [Theory]
    [InlineData("/unsubscribe/")]
    [InlineData("/unsubscribe/x")]
    [InlineData("/unsubscribe/<script>alert(1)</script>")]
    [InlineData("/resubscribe/")]
    [InlineData("/resubscribe/../unsubscribe/x")]
    public async Task ABadLinkIsAPageThatSaysSo(string path)
    {
        foreach (string method in (string[])["GET", "POST"])
        {
            (HttpResponse response, string body) = await AskAsync(method, path);

            Assert.Equal(StatusCodes.Status404NotFound, response.StatusCode);
            Assert.Contains("This link does not work", body, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", body, StringComparison.Ordinal);
            Assert.DoesNotContain("<form", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TheLinkForLeavingDoesNotBringBack()
    {
        await AskAsync("POST", Link);

        Assert.Equal(StatusCodes.Status404NotFound, (await AskAsync("POST", Link.Replace("/unsub", "/resub", StringComparison.Ordinal))).Response.StatusCode);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync());
    }

    [Fact]
    public async Task OldLinksOfSomebodyErasedStillHaveAnAnswer()
    {
        string undo = UndoOf((await AskAsync("POST", Link)).Body);
        await _store.EraseAsync(_reader.Id, Time.GetUtcNow(), Stop);

        foreach (string method in (string[])["GET", "POST"])
        {
            (HttpResponse response, string body) = await AskAsync(method, Link);
            Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
            Assert.Contains("You are unsubscribed", body, StringComparison.Ordinal);
            Assert.DoesNotContain("<form", body, StringComparison.Ordinal);
        }

        Assert.Equal(StatusCodes.Status404NotFound, (await AskAsync("POST", undo)).Response.StatusCode);
        Assert.Equal(SubscriberStatus.Erased, await StatusAsync());
    }

    [Theory]
    [InlineData("GET", "/unsubscribe/x")]
    [InlineData("POST", null)]
    public async Task NoPageIsKeptFramedOrLeaksItsAddress(string method, string? path)
    {
        IHeaderDictionary headers = (await AskAsync(method, path ?? Link)).Response.Headers;

        Assert.Equal("no-store", headers.CacheControl);
        Assert.Equal("nosniff", headers.XContentTypeOptions);
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
        string policy = headers.ContentSecurityPolicy.ToString();
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task OtherMethodsAreRefused(string method)
    {
        (HttpResponse response, _) = await AskAsync(method, Link);

        Assert.Equal(StatusCodes.Status405MethodNotAllowed, response.StatusCode);
        Assert.Equal(SubscriberStatus.Active, await StatusAsync());
    }

    [Theory]
    [InlineData("/blog")]
    [InlineData("")]
    public async Task ALinkBelowTheSitesPrefixWorksWhetherAProxyTakesThePrefixAwayOrNot(string prefix)
    {
        Assert.Equal(StatusCodes.Status200OK, (await AskAsync("POST", prefix + Link)).Response.StatusCode);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/feed.xml")]
    [InlineData("/unsubscribe")]
    [InlineData("/2026/unsubscribe/x")]
    public async Task WhatIsNotItsOwnIsPassedOn(string path) =>
        Assert.Equal(StatusCodes.Status418ImATeapot, (await AskAsync("GET", path)).Response.StatusCode);

    [Fact]
    public async Task ADatabaseThatDoesNotAnswerIsAPageThatSaysSo()
    {
        string link = Link;
        // What a kept connection has read once it does not read again.
        await _database.DisposeAsync();
        _database = await _place.OpenAsync();
        _store = new SubscriberStore(_database);
        _endpoints = Endpoints(Path.Join(AppContext.BaseDirectory, "templates"));
        await File.WriteAllTextAsync(_place.File, "no database", Stop);

        (HttpResponse response, string body) = await AskAsync("POST", link);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, response.StatusCode);
        Assert.Contains("try again later", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokenTemplateStopsNobodyFromLeaving()
    {
        _endpoints = Endpoints(_place.Folder);

        (HttpResponse response, string body) = await AskAsync("POST", Link);

        Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
        Assert.Equal("You are unsubscribed.\n", body);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync());
    }

    [Fact]
    public async Task AnEditedTemplateIsUsedAndABrokenOneIsNot()
    {
        string file = Path.Join(Directory.CreateDirectory(Path.Join(_place.Folder, "web")).FullName, "unsubscribe.html");
        _endpoints = Endpoints(_place.Folder);
        await WriteAsync("{{ state }} one", 1);
        Assert.Equal("ask one", (await AskAsync("GET", Link)).Body);

        await WriteAsync("{{ state }} two {{ site.title }}", 2);
        Assert.Equal("ask two A &amp; B", (await AskAsync("GET", Link)).Body);

        await WriteAsync("{% if %}", 3);
        Assert.Equal("ask two A &amp; B", (await AskAsync("GET", Link)).Body);

        async Task WriteAsync(string text, int minute)
        {
            await File.WriteAllTextAsync(file, text, Stop);
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 3, 1, 0, minute, 0, DateTimeKind.Utc));
        }
    }

    private static string UndoOf(string page)
    {
        const string Action = "action=\"..";
        int at = page.IndexOf(Action, StringComparison.Ordinal);
        Assert.True(at >= 0, page);
        return WebUtility.HtmlDecode(page[(at + Action.Length)..page.IndexOf('"', at + Action.Length)]);
    }

    private UnsubscribeEndpoints Endpoints(string templates)
    {
        SiteDefinition site = new()
        {
            Kind = SiteKind.Bare,
            Root = "/site",
            PostsFolder = "/site",
            Url = new Uri("https://example.org/blog/"),
            Title = "A & B",
            TimeZone = TimeZoneInfo.Utc,
        };
        UnsubscribePage page = new(new TemplateSet([templates]), site, _catalog, new NewsletterOptions());
        return new UnsubscribeEndpoints(_store, _keys, page, Time, NullLogger<UnsubscribeEndpoints>.Instance);
    }

    private async Task<SubscriberStatus> StatusAsync() => (await _store.FindAsync(_reader.Uuid, Stop))!.Status;

    private async Task<(HttpResponse Response, string Body)> AskAsync(string method, string path, string body = "")
    {
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.ContentType = "application/x-www-form-urlencoded";
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
        using MemoryStream answer = new();
        context.Response.Body = answer;

        await _endpoints.Answer(context, passed =>
        {
            passed.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return Task.CompletedTask;
        });

        return (context.Response, System.Text.Encoding.UTF8.GetString(answer.ToArray()));
    }
}
