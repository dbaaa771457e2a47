using Syndication.Feeds;
using Syndication.Schedule;
using Syndication.Storage;
using Syndication.Tests.Support;
using Syndication.Tests.WebSub;
using Syndication.WebSub;

namespace Syndication.Tests.Schedule;

public sealed class HubPingJobTests
{
    [Fact]
    public async Task AHubThatIsAwayForADayIsOneClearWarning()
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(TestEngine.Sqlite);
        await using Database database = await place.OpenAsync();
        await using TestWebServer hub = await TestWebServer.StartAsync();
        hub.Say(500);
        using CallbackClient client = new(CallbackRule.Operator);
        PublishedSiteSource published = new() { Current = TopicSite.Publish(("/feed.xml", "1"), ("/feed.json", "1")) };
        LogLines<HubPingJob> log = new();
        HubPingJob job = new(new HubPings([hub.Url], published, new PingStore(database), client, place.Time), new ToldReasons(), place.Time, log);
        for (int i = 0; i < 3 * 24 * 6; i++)
        {
            await job.Execute(null!, TestContext.Current.CancellationToken);
            place.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal([$"Warning: the hub {hub.Url} could not be told of new versions of 2 feeds for a day, and is told of the next ones only: 500"], log.All);
    }
}
