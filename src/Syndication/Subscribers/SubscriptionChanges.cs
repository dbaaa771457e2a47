using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>What each change makes of a subscription. Pure.</summary>
internal static class SubscriptionChanges
{
    private const int MostTopics = 100;

    /// <summary>The topics in a list with commas; each once, compared without case, in the order given.</summary>
    public static ImmutableArray<string> ReadTopics(string text) =>
    [
        .. text.Split(',').Select(PlainLine.OfName).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTopics),
    ];

    /// <summary>
    /// With other topics; none = every topic. One that was chosen before keeps its instant, and so does everything where every topic was
    /// chosen before; what is new counts from now.
    /// </summary>
    public static Subscription WithTopics(this Subscription subscription, IEnumerable<string> topics, DateTimeOffset now)
    {
        string[] wanted = [.. topics];
        ImmutableArray<TopicChoice> had = subscription.Topics;
        if (wanted.Length == 0)
        {
            return had.IsEmpty || had.Any(t => t.IsEvery) ? subscription : subscription with { Topics = had.Add(TopicChoice.Every(now)) };
        }

        DateTimeOffset otherwise = had.IsEmpty ? subscription.Since : had.FirstOrDefault(t => t.IsEvery)?.Since ?? now;
        return subscription with
        {
            Topics =
            [
                .. wanted.Select(topic =>
                    had.FirstOrDefault(t => t.Topic.Equals(topic, StringComparison.OrdinalIgnoreCase)) ?? new TopicChoice(topic, otherwise)),
            ],
        };
    }

    /// <summary>Paused from now on; a pause that is on already gets the new end.</summary>
    /// <param name="subscription">As it is.</param>
    /// <param name="until">Null = until the reader ends it.</param>
    /// <param name="now">The instant.</param>
    public static Subscription Paused(this Subscription subscription, DateTimeOffset? until, DateTimeOffset now) =>
        IsPaused(subscription, now)
            ? subscription with { Pauses = subscription.Pauses.SetItem(subscription.Pauses.Length - 1, subscription.Pauses[^1] with { Until = until }) }
            : subscription with { Pauses = subscription.Pauses.Add(new Pause(now, until)) };

    /// <summary>With the pause that is on ended now, if there is one.</summary>
    public static Subscription Resumed(this Subscription subscription, DateTimeOffset now) =>
        IsPaused(subscription, now) ? subscription.Paused(now, now) : subscription;

    /// <summary>
    /// As it is when somebody who left comes back: what was released meanwhile is not for them, so that nobody is mailed an archive.
    /// </summary>
    public static Subscription Back(this Subscription subscription, DateTimeOffset left, DateTimeOffset now) =>
        IsPaused(subscription, now) ? subscription.Resumed(now)
        : left < now ? subscription with { Pauses = subscription.Pauses.Add(new Pause(Later(left, subscription), now)) }
        : subscription;

    private static bool IsPaused(Subscription subscription, DateTimeOffset now) =>
        subscription.Pauses is [.., Pause last] && (last.Until is not DateTimeOffset end || end > now);

    /// <summary>Pauses stay in order: a pause that ended after they left has covered the time until then.</summary>
    private static DateTimeOffset Later(DateTimeOffset left, Subscription subscription) =>
        subscription.Pauses is [.., { Until: DateTimeOffset end }] && end > left ? end : left;
}
