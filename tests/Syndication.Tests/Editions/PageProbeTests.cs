using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Syndication.Editions;
using Syndication.EndToEnd.Support;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Editions;

/// <summary>Against a real web server.</summary>
public sealed class PageProbeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APageThatIsThereIsFoundAndOneThatIsNotIsNotInTheOrderOfThePosts()
    {
        await using PageServer server = await PageServer.StartAsync();
        server.Put("/there");
        server.Put("/gone", context => Status(context, 410));
        server.Put("/made", context => Status(context, 204));
        server.Put("/broken", context => Status(context, 500));

        ImmutableArray<PageAnswer> answers = await AskAsync(server.Url, "/there", "/gone", "/made", "/missing", "/broken", "/there");

        Assert.Equal(["200", "410", "204", "404", "500", "200"], answers.Select(a => a.Answer));
        Assert.Equal([true, false, true, false, false, true], answers.Select(a => a.IsFound));
        Assert.All(server.Asked, a => Assert.StartsWith("Syndication/", a.Agent, StringComparison.Ordinal));
        Assert.Equal(new Uri(server.Url, "/there"), answers[0].Page);
    }

    [Fact]
    public async Task RedirectsAreFollowedButNotForEver()
    {
        await using PageServer server = await PageServer.StartAsync();
        server.Put("/there/");
        server.Put("/there", context => Redirect(context, "/there/"));
        server.Put("/round", context => Redirect(context, "/round"));
        server.Put("/out", context => Redirect(context, "mailto:you@example.org"));
        server.Put("/nonsense", context => Redirect(context, "http://["));

        ImmutableArray<PageAnswer> answers = await AskAsync(server.Url, "/there", "/round", "/out", "/nonsense");

        Assert.Equal([true, false, false, false], answers.Select(a => a.IsFound));
    }

    [Fact]
    public async Task OnlyTheHeadOfAnAnswerIsRead()
    {
        await using PageServer server = await PageServer.StartAsync();
        server.Put("/endless", async context =>
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        Assert.True((await AskAsync(server.Url, "/endless"))[0].IsFound);
    }

    [Fact]
    public async Task AServerThatSaysNothingOrNonsenseOrIsNotThereIsAnAnswer()
    {
        await using PageServer server = await PageServer.StartAsync();
        server.Put("/silent", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        server.Put("/cut", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        using PageProbe hasty = new(TimeSpan.FromSeconds(0.5));
        ImmutableArray<PageAnswer> answers = [.. await hasty.AskAsync(Blog(server.Url), [PostAt("/silent")], Stop), .. await AskAsync(server.Url, "/cut")];
        PageAnswer nobody = (await AskAsync(new Uri($"http://127.0.0.1:{FreePort.Next()}/"), "/a"))[0];
        PageAnswer nowhere = (await AskAsync(new Uri("http://blog.invalid/"), "/a"))[0];

        Assert.Equal("no answer within 0.5 s", answers[0].Answer);
        Assert.All([.. answers, nobody, nowhere], a => Assert.True(a is { IsFound: false, Status: null } && a.Answer.Length > 0));
    }

    [Fact]
    public async Task BeingToldToStopEndsIt()
    {
        await using PageServer server = await PageServer.StartAsync();
        using CancellationTokenSource stop = new();
        server.Put("/silent", async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using PageProbe probe = new(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.AskAsync(Blog(server.Url), [PostAt("/silent")], stop.Token));
    }

    [Fact]
    public async Task FewPagesAreAskedForAtOnce()
    {
        await using PageServer server = await PageServer.StartAsync();
        int now = 0;
        int most = 0;
        server.Put("/slow", async context =>
        {
            int open = Interlocked.Increment(ref now);
            most = Math.Max(most, open);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, context.RequestAborted);
            Interlocked.Decrement(ref now);
        });

        await AskAsync(server.Url, [.. Enumerable.Repeat("/slow", 20)]);

        Assert.InRange(most, 1, 4);
    }

    private static async Task<ImmutableArray<PageAnswer>> AskAsync(Uri site, params string[] paths)
    {
        using PageProbe probe = new(TimeSpan.FromMinutes(1));
        return await probe.AskAsync(Blog(site), [.. paths.Select(PostAt)], Stop);
    }

    private static SiteDefinition Blog(Uri url) => Sites.Bare() with { Url = url };

    private static Post PostAt(string path) => Sites.Bare().Post("2026-03-01-a.md", "A") with { Permalink = path };

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext context, string to)
    {
        context.Response.Headers.Location = to;
        return Status(context, 302);
    }
}
