namespace Syndication.Editions;

/// <summary>What may be released to a newsletter: a post, or a correction of one.</summary>
/// <param name="PostId">The post's id.</param>
/// <param name="Note"><see cref="Correction.Note"/>; empty for the post itself.</param>
internal readonly record struct NewsKey(string PostId, string Note = "");

/// <summary>Why something is not released to a newsletter. The numbers are stored.</summary>
internal enum CandidateState
{
    /// <summary>It is released as soon as it is ready.</summary>
    Waiting = 0,

    /// <summary>A post that was there when the newsletter began, or a correction that was there before its post was released.</summary>
    NotNews = 1,

    /// <summary>It turned up dated too far back; only the operator releases it.</summary>
    Backdated = 2,

    /// <summary>Too many at once: it waits for the operator.</summary>
    Held = 3,

    /// <summary>The operator released it: nothing holds it any more.</summary>
    Approved = 4,

    /// <summary>Its page did not answer for too long: it waits for the operator.</summary>
    PageMissing = 5,
}

/// <summary>A post or correction that turned up and has no number yet.</summary>
/// <param name="PostId">The post's id.</param>
/// <param name="TurnedUp">When it was first seen published.</param>
/// <param name="LackedAt">The last completed scan that lacked it.</param>
/// <param name="State">What holds it.</param>
internal sealed record Candidate(string PostId, DateTimeOffset TurnedUp, DateTimeOffset LackedAt, CandidateState State)
{
    /// <summary><see cref="NewsKey.Note"/>.</summary>
    public string Note { get; init; } = "";

    /// <summary>What is known of a post's page; null before it was asked for.</summary>
    public PageTries? Page { get; init; }

    public NewsKey Key => new(PostId, Note);
}

/// <summary>How often a post's page was asked for, and what it said.</summary>
/// <param name="First">When it was first asked for.</param>
/// <param name="Last">When it was last asked for.</param>
/// <param name="Status">The HTTP status of the last answer; null when there was none.</param>
/// <param name="Answer">The last answer, or why there was none, for a person.</param>
internal sealed record PageTries(DateTimeOffset First, DateTimeOffset Last, int? Status, string Answer)
{
    /// <summary>The page is there.</summary>
    public bool IsFound => IsOk(Status);

    /// <summary>Any 2xx.</summary>
    public static bool IsOk(int? status) => status is >= 200 and <= 299;
}
