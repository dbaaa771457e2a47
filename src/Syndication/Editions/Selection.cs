using System.Collections.Immutable;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Editions;

/// <summary>
/// Which numbers an edition takes for a subscription: a set difference against its mark, not a window of time, so that nothing is
/// missed after downtime and nothing comes twice. Pure.
/// </summary>
internal static class Selection
{
    /// <param name="subscription">Whose.</param>
    /// <param name="mark">The number received through.</param>
    /// <param name="owed">Numbers owed whatever the mark says.</param>
    /// <param name="releases">The newsletter's releases in order, at least those above the mark and the owed ones.</param>
    /// <param name="upto">The highest number of the edition.</param>
    /// <param name="at">The edition's slot.</param>
    /// <param name="sent">Numbers whose mail was sent to the subscription: only those are corrected. Asked for the corrected numbers only.</param>
    /// <returns>The numbers in order, or null while the subscription is paused: then its mark stays.</returns>
    public static ImmutableArray<long>? For(
        Subscription subscription, long mark, IReadOnlySet<long> owed, IReadOnlyList<Release> releases, long upto, DateTimeOffset at,
        IReadOnlySet<long> sent)
    {
        if (IsPaused(subscription, at))
        {
            return null;
        }

        // Of thousands of releases a few are above the mark and younger than the subscription: releases are in order of both.
        ImmutableArray<long>.Builder chosen = ImmutableArray.CreateBuilder<long>();
        int first = FirstOf(releases, r => r.Number > mark && r.ReleasedAt > subscription.Since);
        for (int i = owed.Count > 0 ? 0 : first; i < releases.Count && releases[i].Number <= upto; i++)
        {
            Release release = releases[i];
            if (IsOfCadence(subscription, release)
                && (owed.Contains(release.Number) || (i >= first && IsWithin(subscription, release) && IsFor(subscription, release, sent))))
            {
                chosen.Add(release.Number);
            }
        }

        return chosen.DrainToImmutable();
    }

    /// <summary>Whether a correction may be for a subscription; if so, it is asked whether the mail of the corrected post was sent.</summary>
    public static bool MayTake(Subscription subscription, long mark, Release correction) =>
        correction.Number > mark && IsOfCadence(subscription, correction) && IsWithin(subscription, correction);

    private static bool IsOfCadence(Subscription subscription, Release release) => subscription.Cadence != Cadence.EachPost || release.IsForEachPost;

    /// <summary>Released after the subscription began, and not within a pause.</summary>
    private static bool IsWithin(Subscription subscription, Release release) =>
        release.ReleasedAt > subscription.Since && !IsPaused(subscription, release.ReleasedAt);

    /// <summary>A correction is for those who got what it corrects, whatever they choose since; a post, for those of its topics.</summary>
    private static bool IsFor(Subscription subscription, Release release, IReadOnlySet<long> sent) =>
        release.Corrects is long corrected ? sent.Contains(corrected)
        : (subscription.Topics.IsEmpty || subscription.Topics.Any(choice =>
            release.ReleasedAt > choice.Since && (choice.IsEvery || release.Topics.Contains(choice.Topic, StringComparer.OrdinalIgnoreCase))));

    private static bool IsPaused(Subscription subscription, DateTimeOffset at)
    {
        foreach (Pause pause in subscription.Pauses)
        {
            if (pause.From <= at && (pause.Until is null || at < pause.Until))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The place of the first release of which something holds, and then of all that follow.</summary>
    private static int FirstOf(IReadOnlyList<Release> releases, Func<Release, bool> holds)
    {
        (int low, int high) = (0, releases.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = holds(releases[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
