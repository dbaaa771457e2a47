using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Tests.Subscribers;

public sealed class SubscriptionChangesTests
{
    private static readonly DateTimeOffset Begun = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Now = Begun.AddDays(10);

    private static Subscription Everything => new() { Id = 1, SubscriberId = 1, Newsletter = "posts", Cadence = Cadence.Weekly, Since = Begun };

    [Fact]
    public void TopicsAreReadFromAListWithCommas()
    {
        Assert.Equal(["C#", "Go and Rust"], SubscriptionChanges.ReadTopics(" C#, ,Go\r\n and  Rust,c#,"));
        Assert.Empty(SubscriptionChanges.ReadTopics(""));
    }

    [Fact]
    public void ATopicChosenBeforeKeepsItsInstantAndANewOneCountsFromNow()
    {
        Subscription some = Everything with { Topics = [new TopicChoice("Go", Begun), new TopicChoice("Rust", Begun)] };

        Assert.Equal([new TopicChoice("Go", Begun), new TopicChoice("Zig", Now)], some.WithTopics(["go", "Zig"], Now).Topics);
    }

    [Fact]
    public void NarrowingFromEveryTopicLosesNothingOfTheTopicsThatStay() =>
        Assert.Equal([new TopicChoice("Go", Begun)], Everything.WithTopics(["Go"], Now).Topics);

    [Fact]
    public void EveryTopicInPlaceOfSomeCountsFromNowAndTheOldOnesKeepTheirInstants()
    {
        Subscription some = Everything with { Topics = [new TopicChoice("Go", Begun)] };

        Subscription every = some.WithTopics([], Now);

        Assert.Equal([new TopicChoice("Go", Begun), TopicChoice.Every(Now)], every.Topics);
        Assert.Empty(every.ChosenTopics);
        Assert.Equal(every, every.WithTopics([], Now.AddDays(1)));
        Assert.Equal([new TopicChoice("go", Begun), new TopicChoice("Zig", Now)], every.WithTopics(["go", "Zig"], Now.AddDays(1)).Topics, new NoCase());
    }

    [Fact]
    public void APauseBeginsNowAndEndsWhenTheReaderEndsIt()
    {
        Subscription paused = Everything.Paused(null, Now);

        Assert.Equal([new Pause(Now, null)], paused.Pauses);
        Assert.Equal([new Pause(Now, Now.AddDays(3))], paused.Resumed(Now.AddDays(3)).Pauses);
        Assert.Equal([new Pause(Now, Now.AddDays(7))], paused.Paused(Now.AddDays(7), Now.AddDays(1)).Pauses);
        Assert.Equal(Everything, Everything.Resumed(Now));
    }

    [Fact]
    public void APauseThatIsOverIsFollowedByAnother()
    {
        Subscription twice = Everything.Paused(Now.AddDays(1), Now).Paused(null, Now.AddDays(1));

        Assert.Equal([new Pause(Now, Now.AddDays(1)), new Pause(Now.AddDays(1), null)], twice.Pauses);
    }

    [Fact]
    public void WhoComesBackIsNotMailedWhatWasReleasedMeanwhile()
    {
        Assert.Equal([new Pause(Begun.AddDays(2), Now)], Everything.Back(Begun.AddDays(2), Now).Pauses);
        Assert.Equal(
            [new Pause(Begun.AddDays(1), Now)],
            (Everything with { Pauses = [new Pause(Begun.AddDays(1), null)] }).Back(Begun.AddDays(2), Now).Pauses);
    }

    [Fact]
    public void PausesStayInOrderWhenSomebodyLeavesWithinOne()
    {
        Subscription paused = Everything with { Pauses = [new Pause(Begun, Begun.AddDays(4))] };

        Assert.Equal(
            [new Pause(Begun, Begun.AddDays(4)), new Pause(Begun.AddDays(4), Now)],
            paused.Back(Begun.AddDays(2), Now).Pauses);
    }

    /// <summary>Topics are compared without case.</summary>
    private sealed class NoCase : IEqualityComparer<TopicChoice>
    {
        public bool Equals(TopicChoice? x, TopicChoice? y) => x!.Since == y!.Since && x.Topic.Equals(y.Topic, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode(TopicChoice obj) => obj.Since.GetHashCode();
    }
}
