using System.Net;
using System.Xml.Linq;

namespace Syndication.EndToEnd.Support;

/// <summary>The program while it serves, with the questions that its readers and its operator ask.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly HttpClient _http;

    private Service(RunningProgram program, string url)
    {
        Program = program;
        Url = url;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(url), Timeout = Eventually.Deadline };
    }

    public RunningProgram Program { get; }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>Starts the program in the workspace, and returns when it answers.</summary>
    public static Task<Service> StartAsync(Workspace work, params string[] arguments) =>
        StartAsync(new Launch { Folder = work.Folder, Arguments = arguments });

    /// <summary>Starts the program, and returns when it answers. Without --urls among the arguments it listens on a free port.</summary>
    public static async Task<Service> StartAsync(Launch launch)
    {
        int named = launch.Arguments.ToList().IndexOf("--urls");
        string url = named < 0 ? $"http://127.0.0.1:{FreePort.Next()}" : launch.Arguments[named + 1];
        RunningProgram program = RunningProgram.Start(named < 0 ? launch with { Arguments = [.. launch.Arguments, "--urls", url] } : launch);
        Service service = new(program, url);
        try
        {
            await Eventually.IsAsync(service.AnswersAsync, () => $"an answer from {url}; {program.Console}");
            await service.UntilPrintedAsync("Next ");
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the service as an operator does, and expects that it leaves in peace.</summary>
    public async Task StopAsync(string signal = "TERM")
    {
        Program.Send(signal);
        int code = await Program.ExitAsync();
        Assert.True(code == 0, $"exit code {code} after SIG{signal}; {Program.Console}");
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>The text of what must be there.</summary>
    public async Task<string> TextAsync(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answered {answer.StatusCode}; {Program.Console}");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The items of /feed.json.</summary>
    public async Task<IReadOnlyList<FeedItem>> ItemsAsync() => FeedItem.ReadAll(await TextAsync("/feed.json"));

    /// <summary>Ids by title.</summary>
    public async Task<IReadOnlyDictionary<string, string>> IdsAsync() => (await ItemsAsync()).ToDictionary(i => i.Title, i => i.Id);

    public async Task<FeedItem> ItemAsync(string title) => Assert.Single(await ItemsAsync(), i => i.Title == title);

    /// <summary>The ids in each of the feeds /feed.json, /feed.xml and /atom.xml, in their order.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> IdsOfEachFeedAsync()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        XElement rss = XElement.Parse(await TextAsync("/feed.xml"));
        XElement entries = XElement.Parse(await TextAsync("/atom.xml"));
        return
        [
            [.. (await ItemsAsync()).Select(i => i.Id)],
            [.. rss.Descendants("item").Select(i => i.Element("guid")!.Value)],
            [.. entries.Elements(atom + "entry").Select(e => e.Element(atom + "id")!.Value)],
        ];
    }

    /// <summary>Waits until the items of /feed.json are as they should be.</summary>
    public Task UntilAsync(Func<IReadOnlyList<FeedItem>, bool> areSo, string what) =>
        Eventually.IsAsync(async () => areSo(await ItemsAsync()), () => $"{what}; {Program.Console}");

    /// <summary>Waits until /feed.json has an item of this title.</summary>
    public async Task<FeedItem> UntilThereAsync(string title)
    {
        await UntilAsync(items => items.Any(i => i.Title == title), $"'{title}' in the feed");
        return await ItemAsync(title);
    }

    /// <summary>Waits until /feed.json has no item of this title any more.</summary>
    public Task UntilGoneAsync(string title) => UntilAsync(items => items.All(i => i.Title != title), $"'{title}' out of the feed");

    /// <summary>Waits until one printed line, on either stream, has all these parts.</summary>
    /// <returns>The line.</returns>
    public async Task<string> UntilPrintedAsync(params string[] parts)
    {
        await Eventually.IsAsync(() => Printed(parts).Count > 0, () => $"a line with {string.Join(", ", parts)}; {Program.Console}");
        return Printed(parts)[0];
    }

    /// <summary>The lines printed so far, on either stream, that have all these parts.</summary>
    public IReadOnlyList<string> Printed(params string[] parts) =>
        [.. Program.Output.All.Concat(Program.Errors.All).Where(line => parts.All(p => line.Contains(p, StringComparison.Ordinal)))];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Program.DisposeAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(Program.HasExited, $"the program left before it answered; {Program.Console}");
        try
        {
            using HttpResponseMessage answer = await GetAsync("/feed.json");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
