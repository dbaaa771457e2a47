using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>The program with a hub that is another program (python3), and as a hub.</summary>
public sealed class WebSubTests
{
    private static readonly string[] Feeds = ["atom.xml", "feed.json", "feed.xml"];

    [Fact]
    public async Task AHubIsToldOfEachFeedWheneverItChangesAndFeedsNameTheHubs()
    {
        using Workspace work = new();
        int port = FreePort.Next();
        string hub = $"http://127.0.0.1:{port}/";
        string told = work.Write("told", "");
        using Process server = StartHub(port, told);
        try
        {
            await Eventually.IsAsync(() => Listens(port), () => "the hub");
            work.Post("first.md", "First");
            await using Service service = await Service.StartAsync(work, "--Site:Url=https://blog.example.org/", $"--WebSub:Hubs={hub}", "--WebSub:Hub=true");
            await Eventually.IsAsync(() => Told(told).Count >= Feeds.Length, () => $"all feeds told to the hub; {string.Join('\n', Told(told))} {service.Program.Console}");
            Assert.Equal(Feeds.Select(Form), Told(told).Order());
            using HttpResponseMessage feed = await service.GetAsync("/feed.xml");
            Assert.Equal($"<{hub}>; rel=\"hub\", <https://blog.example.org/hub>; rel=\"hub\", <https://blog.example.org/feed.xml>; rel=\"self\"", string.Join(", ", feed.Headers.GetValues("Link")));
            Assert.Contains("<atom:link href=\"https://blog.example.org/hub\" rel=\"hub\" />", await feed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

            work.Post("second.md", "Second");
            await Eventually.IsAsync(() => Told(told).Count >= 2 * Feeds.Length, () => $"all feeds told again; {string.Join('\n', Told(told))} {service.Program.Console}");
            Assert.Contains("Second", (await service.ItemsAsync()).Select(item => item.Title));
            await service.StopAsync();

            // What it was told of before is not told again.
            await using Service again = await Service.StartAsync(work, "--Site:Url=https://blog.example.org/", $"--WebSub:Hubs={hub}", "--WebSub:Hub=true");
            work.Post("third.md", "Third");
            await Eventually.IsAsync(() => Told(told).Count >= 3 * Feeds.Length, () => $"all feeds told a third time; {string.Join('\n', Told(told))} {again.Program.Console}");
            Assert.Equal(Feeds.SelectMany(f => Enumerable.Repeat(Form(f), 3)), Told(told).Order());
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task TheBuiltInHubTakesRequestsOfThePublicOnly()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work, "--Site:Url=https://blog.example.org/", "--WebSub:Hub=true");
        int port = new Uri(service.Url).Port;

        Assert.Equal((HttpStatusCode.BadRequest, "hub.callback has an address that is not public\n"), await AskAsync(service, $"http://127.0.0.1:{port}/"));
        Assert.Equal((HttpStatusCode.BadRequest, "hub.callback has an address that is not public\n"), await AskAsync(service, $"http://[::ffff:7f00:1]:{port}/"));
        Assert.Equal((HttpStatusCode.Accepted, "accepted; the callback is asked next\n"), await AskAsync(service, "https://reader.invalid/"));
        using HttpResponseMessage page = await service.GetAsync("/hub");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, page.StatusCode);
    }

    [Fact]
    public async Task UnlessItIsAskedForThereIsNoHubAndASiteThatIsNotPublicIsTold()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work, "--WebSub:Hub=true");
        await service.UntilPrintedAsync("WebSub:Hub: the site's address is http://", "which hubs cannot reach, so no feed names one and none is told");
        using HttpResponseMessage feed = await service.GetAsync("/feed.xml");
        Assert.False(feed.Headers.Contains("Link"));
        await service.StopAsync();

        await using Service without = await Service.StartAsync(work, "--Site:Url=https://blog.example.org/");
        using HttpResponseMessage hub = await without.GetAsync("/hub");
        Assert.Equal(HttpStatusCode.NotFound, hub.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(Service service, string callback)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/hub")
        {
            Content = new FormUrlEncodedContent([new("hub.mode", "subscribe"), new("hub.topic", "https://blog.example.org/feed.xml"), new("hub.callback", callback)]),
        };
        using HttpResponseMessage answer = await service.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Process StartHub(int port, string told)
    {
        Process server = new() { StartInfo = new ProcessStartInfo("/usr/bin/python3", [Path.Join(AppContext.BaseDirectory, "Support", "hub.py"), port.ToString(CultureInfo.InvariantCulture), told]) };
        server.Start();
        return server;
    }

    private static bool Listens(int port)
    {
        try
        {
            using TcpClient client = new("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static IReadOnlyList<string> Told(string file) => File.ReadAllLines(file);

    private static string Form(string feed) => $"hub.mode=publish&hub.url=https%3A%2F%2Fblog.example.org%2F{feed}";
}
