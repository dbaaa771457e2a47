using System.Collections.Immutable;

namespace Syndication.WebSub;

/// <summary>Somebody who is to be told of a version of a feed.</summary>
/// <param name="Whom">Who, and of which feed.</param>
/// <param name="Effort">How far it has come.</param>
/// <param name="Version">The newest one.</param>
internal sealed record ToTell<T>(T Whom, Effort Effort, string Version)
{
    /// <summary>How far it has come with this answer.</summary>
    public Effort After(CallbackAnswer answer, DateTimeOffset now) => answer.IsSuccess ? Effort.Told(Version, now) : Effort.Failed(Version, now);
}

/// <summary>What is to be told now, and when to look again. Pure.</summary>
/// <param name="Due">Those that have not failed before the others, so that these hold up nobody.</param>
/// <param name="Next">When the next of the others is due; null when none is.</param>
internal sealed record EffortPlan<T>(ImmutableArray<ToTell<T>> Due, DateTimeOffset? Next)
{
    /// <summary>When there is something to do; null = not until there is another version.</summary>
    public DateTimeOffset? Wake => Due.IsEmpty ? Next : DateTimeOffset.MinValue;

    public static EffortPlan<T> Of(IEnumerable<ToTell<T>> all, DateTimeOffset now)
    {
        List<(ToTell<T> Item, DateTimeOffset Due)> waiting = [.. all.Select(i => (i, Due: i.Effort.DueFor(i.Version))).Where(i => i.Due is not null).Select(i => (i.i, i.Due!.Value))];
        return new EffortPlan<T>(
            [.. waiting.Where(i => i.Due <= now).OrderBy(i => i.Item.Effort.Attempts).ThenBy(i => i.Due).Select(i => i.Item)],
            waiting.Where(i => i.Due > now).Select(i => (DateTimeOffset?)i.Due).Min());
    }
}
