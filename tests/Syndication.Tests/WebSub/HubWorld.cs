using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Syndication.Feeds;
using Syndication.Storage;
using Syndication.Tests.Support;
using Syndication.Web;
using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

/// <summary>A hub and a subscriber, both over real sockets. This machine is the one that may be called, beside what a test says.</summary>
internal sealed class HubWorld : IAsyncDisposable
{
    private readonly TestDatabase _place;
    private readonly Database _database;
    private readonly CallbackClient _client;
    private readonly PendingRequests _pending = new();
    private readonly TestWebServer _hub;
    private readonly HttpClient _http = new();
    private HubDeliveries _deliveries;

    private HubWorld(TestDatabase place, Database database, TestWebServer hub, TestWebServer reader, CallbackRule rule)
    {
        (_place, _database, _hub, Reader, Store) = (place, database, hub, reader, new HubStore(database));
        _client = new CallbackClient(rule);
        _deliveries = new HubDeliveries(Published, Store, _client, place.Time);
        HubEndpoint endpoint = new(Published, _pending, rule);
        hub.Answer = context => endpoint.Answer(context, other =>
        {
            other.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        reader.Answer = Confirm;
        Published.Current = TopicSite.Publish(("/feed.xml", "<rss>1</rss>"), ("/feed.json", "{1}"));
    }

    public static CallbackRule Loopback { get; } = new() { IsAllowed = IPAddress.IsLoopback, Patience = TimeSpan.FromSeconds(5) };

    public PublishedSiteSource Published { get; } = new();

    public FakeTimeProvider Time => _place.Time;

    public HubStore Store { get; }

    /// <summary>The subscriber. Confirms everything unless told otherwise.</summary>
    public TestWebServer Reader { get; }

    public Uri Callback => new(Reader.Url, "push?user=1");

    public static async Task<HubWorld> CreateAsync(TestEngine engine, CallbackRule? rule = null)
    {
        TestDatabase place = await TestDatabase.CreateAsync(engine);
        return new HubWorld(place, await place.OpenAsync(), await TestWebServer.StartAsync(), await TestWebServer.StartAsync(), rule ?? Loopback);
    }

    /// <summary>What a subscriber that meant it answers.</summary>
    public static Task Confirm(HttpContext context) => context.Response.WriteAsync(context.Request.Query["hub.challenge"].ToString(), context.RequestAborted);

    /// <summary>Sends the hub a form.</summary>
    public async Task<(int Status, string Text)> AskAsync(string mode, string callback, params (string Name, string Value)[] more)
    {
        IEnumerable<KeyValuePair<string, string>> fields = [new("hub.mode", mode), new("hub.topic", TopicSite.Url("/feed.xml")), new("hub.callback", callback), .. more.Select(m => KeyValuePair.Create(m.Name, m.Value))];
        using FormUrlEncodedContent form = new(fields.GroupBy(f => f.Key).Select(f => f.Last()));
        return await PostAsync(form);
    }

    public async Task<(int Status, string Text)> PostAsync(HttpContent content)
    {
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(_hub.Url, "my/hub"), content, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<int> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(_hub.Url, path), TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    public Task VerifyAsync() => new HubVerifier(_pending, Published, Store, _client, Time).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Subscribes the reader, and forgets what it was asked.</summary>
    public async Task SubscribeAsync(params (string Name, string Value)[] more)
    {
        Assert.Equal(202, (await AskAsync("subscribe", Callback.AbsoluteUri, more)).Status);
        await VerifyAsync();
        Assert.NotEmpty(await SubscriptionsAsync());
        Reader.Asked.Clear();
    }

    public async Task<IReadOnlyList<HubSubscription>> SubscriptionsAsync() => await Store.ListAsync(Time.GetUtcNow(), TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<EndedSubscription>> DeliverAsync() => await _deliveries.RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The process begins anew: all that it knows is in the store.</summary>
    public void Restart() => _deliveries = new HubDeliveries(Published, Store, _client, Time);

    /// <summary>The bodies that the reader was sent.</summary>
    public IEnumerable<string> Sent => Reader.Asked.Where(r => r.Method == "POST").Select(r => Encoding.UTF8.GetString(r.Body));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _client.Dispose();
        await _hub.DisposeAsync();
        await Reader.DisposeAsync();
        await _database.DisposeAsync();
        await _place.DisposeAsync();
    }
}
