using System.Collections.Immutable;
using System.Globalization;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Deliveries;

/// <summary>The state that alerts are derived from. Another thing that can wait for the operator becomes a property here and a few lines in <see cref="AlertRule"/>.</summary>
internal sealed record AlertFacts
{
    /// <summary>Why all mail is held: the database is not the one that was mailed from last. Null = it is.</summary>
    public string? Held { get; init; }

    /// <summary>Posts whose page did not come, and since when the first is known.</summary>
    public (long Posts, DateTimeOffset? Since) MissingPages { get; init; }

    /// <summary>Posts that were too many at once, and since when the first is held.</summary>
    public (long Posts, DateTimeOffset? Since) HeldPosts { get; init; }

    /// <summary>Held and paused editions.</summary>
    public ImmutableArray<Edition> Standing { get; init; } = [];

    public ImmutableArray<SendingPause> Pauses { get; init; } = [];

    /// <summary>Mails of which nobody knows whether they arrived, where they are held for the operator; and since when the first is.</summary>
    public (long Mails, DateTimeOffset? Since) Uncertain { get; init; }
}

/// <summary>What waits for the operator. Pure: the same state gives the same alerts with the same keys.</summary>
internal static class AlertRule
{
    /// <summary>A mail server that is away is an alert after this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static ImmutableArray<Alert> Of(AlertFacts facts, DateTimeOffset now) =>
    [
        .. OfInstance(facts.Held),
        .. OfPages(facts.MissingPages.Posts, facts.MissingPages.Since),
        .. OfPosts(facts.HeldPosts.Posts, facts.HeldPosts.Since),
        .. facts.Standing.Where(e => e.Status == EditionStatus.Held).Select(OfHeld),
        .. facts.Pauses.SelectMany(p => facts.Standing.Where(e => e.IsPaused && PauseRule.OfEdition(e.Id) == p.Scope).Select(e => OfPaused(e, p))),
        .. facts.Pauses.Where(p => p.NeedsOperator || now - p.Since >= Patience).SelectMany(OfTransport),
        .. OfUncertain(facts.Uncertain.Mails, facts.Uncertain.Since),
    ];

    private static IEnumerable<Alert> OfInstance(string? held)
    {
        if (held is not null)
        {
            yield return new Alert($"instance/{held}", "all mail is held", [held, "`syndication storage adopt` says how to go on."]);
        }
    }

    private static IEnumerable<Alert> OfPages(long posts, DateTimeOffset? since)
    {
        if (since is DateTimeOffset first)
        {
            yield return new Alert(
                Key("missing-pages", first), $"{Posts(posts)} for your approval: the page did not come",
                ["`syndication editions list` shows what it answered, and `syndication editions approve` mails the post all the same."]);
        }
    }

    private static string Posts(long count) => count == 1 ? "1 post waits" : string.Create(CultureInfo.InvariantCulture, $"{count} posts wait");

    private static IEnumerable<Alert> OfPosts(long posts, DateTimeOffset? since)
    {
        if (since is DateTimeOffset first)
        {
            yield return new Alert(
                Key("held-posts", first), $"{Posts(posts)} for your approval: they came too many at once",
                ["`syndication editions list` shows them, and `syndication editions approve` lets them go. Until then they are in the feeds, and nobody is mailed."]);
        }
    }

    private static Alert OfHeld(Edition edition) => new(
        string.Create(CultureInfo.InvariantCulture, $"held-edition/{edition.Id}"),
        string.Create(CultureInfo.InvariantCulture, $"edition {edition.Id} waits for your approval"),
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"It is {CadenceText.Of(edition.Cadence)}, due {Time(edition.Slot)}. `syndication editions approve {edition.Id}` lets it go; until then what is new goes into it as well."),
        ]);

    private static Alert OfPaused(Edition edition, SendingPause pause) => new(
        Key(pause.Scope, pause.Since),
        string.Create(CultureInfo.InvariantCulture, $"edition {edition.Id} is paused: its mails were refused one after the other"),
        [
            $"The last answer was: {pause.Reason}",
            string.Create(CultureInfo.InvariantCulture, $"It is about the text, so no reader is to blame, and all who have not got it wait. `syndication editions resume {edition.Id}` goes on with it."),
        ]);

    private static IEnumerable<Alert> OfTransport(SendingPause pause)
    {
        if (PauseRule.TransportOf(pause) is string name)
        {
            string again = pause.Kind switch
            {
                PauseKind.Policy => "Nothing is sent until `syndication editions resume`.",
                PauseKind.Account => "It is tried again once an hour, and at once after a restart or `syndication editions resume`.",
                _ => "It is tried again by itself, at least once an hour, and at once with `syndication editions resume`.",
            };
            yield return new Alert(
                Key($"{pause.Scope}/{pause.Kind}", pause.Since),
                $"mail is paused: {Why(pause.Kind)}",
                [$"{name}, since {Time(pause.Since)}: {pause.Reason}", $"No reader is to blame, and everybody's mail waits. {again} What is mailed about this comes when mail goes out again."]);
        }
    }

    private static IEnumerable<Alert> OfUncertain(long mails, DateTimeOffset? since)
    {
        if (since is DateTimeOffset first)
        {
            yield return new Alert(
                Key("uncertain", first), string.Create(CultureInfo.InvariantCulture, $"{mails} {(mails == 1 ? "mail is" : "mails are")} uncertain, and held"),
                ["They were on the wire when the connection or the program ended. `syndication editions show` lists them; with Mail:Uncertain=resend they are sent again at the next start."]);
        }
    }

    private static string Why(PauseKind kind) => kind switch
    {
        PauseKind.Backoff => "the mail server has not taken any for an hour",
        PauseKind.Refused => "it cannot be handed over",
        PauseKind.Account => "user name or password are refused",
        PauseKind.Policy => "too many were refused one after the other",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Key(string matter, DateTimeOffset since) => string.Create(CultureInfo.InvariantCulture, $"{matter}/{UnixMicroseconds.Of(since)}");

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
