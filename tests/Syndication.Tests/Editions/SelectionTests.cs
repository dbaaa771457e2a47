using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Tests.Editions;

public sealed class SelectionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Number n was released on day n; odd ones are of the topic cats, even ones of dogs.</summary>
    private static readonly ImmutableArray<Release> Releases =
        [.. Enumerable.Range(1, 10).Select(n => new Release(n, $"post{n}", Start.AddDays(n), [n % 2 == 1 ? "Cats" : "dogs"]))];

    [Fact]
    public void ADigestIsWhatLiesAboveTheMarkUpToTheEdition() => Assert.Equal([4L, 5, 6], Take(Reader(), mark: 3, upto: 6));

    [Fact]
    public void NothingAboveTheMarkIsNothingToSend() => Assert.Empty(Take(Reader(), mark: 6, upto: 6)!);

    [Fact]
    public void WhatWasReleasedBeforeTheSubscriptionBeganIsNotForIt() =>
        Assert.Equal([5L, 6], Take(Reader() with { Since = Start.AddDays(4) }, mark: 0, upto: 6));

    [Fact]
    public void OnlyTheChosenTopicsAreTakenWhateverTheirCase() =>
        Assert.Equal([1L, 3, 5], Take(Reader() with { Topics = [new TopicChoice("cats", Start)] }, mark: 0, upto: 6));

    [Fact]
    public void ATopicCountsFromWhenItWasChosen() => Assert.Equal(
        [2L, 4, 5, 6],
        Take(Reader() with { Topics = [new TopicChoice("dogs", Start), new TopicChoice("cats", Start.AddDays(4))] }, mark: 0, upto: 6));

    [Fact]
    public void WhatWasReleasedWithinAPauseIsNotForIt() =>
        Assert.Equal([1L, 5, 6], Take(Reader() with { Pauses = [new Pause(Start.AddDays(2), Start.AddDays(5))] }, mark: 0, upto: 6));

    [Fact]
    public void WhilePausedNothingIsTakenAndTheMarkStays()
    {
        Subscription paused = Reader() with { Pauses = [new Pause(Start.AddDays(5), null)] };

        Assert.Null(Selection.For(paused, 0, ImmutableHashSet<long>.Empty, Releases, 6, Start.AddDays(6), ImmutableHashSet<long>.Empty));
    }

    [Fact]
    public void WhoTurnsFromSomeTopicsToAllGetsOfTheOthersOnlyWhatComesAfter() =>
        Assert.Equal([1L, 3, 5, 6], Take(Reader() with { Topics = [new TopicChoice("cats", Start), TopicChoice.Every(Start.AddDays(4))] }, mark: 0, upto: 6));

    [Fact]
    public void WhatIsOwedIsTakenWhateverTheMarkAndTheTopicsSay() => Assert.Equal(
        [2L, 5],
        Selection.For(Reader() with { Topics = [new TopicChoice("cats", Start)] }, 4, ImmutableHashSet.Create(2L), Releases, 6, Start.AddDays(6), ImmutableHashSet<long>.Empty));

    [Fact]
    public void ACorrectionIsForThoseWhoWereSentWhatItCorrectsWhateverTheirTopics()
    {
        Subscription cats = Reader() with { Topics = [new TopicChoice("cats", Start)] };

        Assert.Equal([11L], Take(cats, 10, 11, sent: [2]));
        Assert.Empty(Take(cats, 10, 11, sent: [1])!);
        Assert.Empty(Take(cats, 11, 11, sent: [2])!);
        Assert.Empty(Take(cats with { Since = Start.AddDays(11) }, 10, 11, sent: [2])!);
    }

    [Fact]
    public void AnEachPostEditionTakesACorrectionOnlyWithCorrectionMail()
    {
        Subscription each = Reader() with { Cadence = Cadence.EachPost };

        Assert.Equal([12L], Take(each, 10, 12, sent: [2, 3]));
        Assert.Equal([11L, 12], Take(Reader(), 10, 12, sent: [2, 3]));
        Assert.Equal([12L], Selection.For(each, 12, ImmutableHashSet.Create(11L, 12), Corrected, 12, Start.AddDays(20), ImmutableHashSet<long>.Empty));
    }

    /// <summary>Number 11 corrects 2, and 12, also by a mail of its own, 3.</summary>
    private static ImmutableArray<Release> Corrected =>
    [
        .. Releases,
        new Release(11, "post2", Start.AddDays(11), []) { Corrects = 2, Correction = new Correction("x", "X.", ByMail: false) },
        new Release(12, "post3", Start.AddDays(12), []) { Corrects = 3, Correction = new Correction("y", "Y.", ByMail: true) },
    ];

    private static ImmutableArray<long>? Take(Subscription subscription, long mark, long upto, long[] sent) =>
        Selection.For(subscription, mark, ImmutableHashSet<long>.Empty, Corrected, upto, Start.AddDays(20), sent.ToImmutableHashSet());

    private static ImmutableArray<long>? Take(Subscription subscription, long mark, long upto) =>
        Selection.For(subscription, mark, ImmutableHashSet<long>.Empty, Releases, upto, Start.AddDays(20), ImmutableHashSet<long>.Empty);

    private static Subscription Reader() => new() { Id = 1, SubscriberId = 1, Newsletter = "posts", Cadence = Cadence.Weekly, Since = Start };
}
