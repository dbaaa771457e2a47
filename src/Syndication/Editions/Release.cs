using System.Collections.Immutable;

namespace Syndication.Editions;

/// <summary>A post that was given a number of a newsletter: from then on it is owed to those it is for.</summary>
/// <param name="Number">From 1, without gaps, in the order of release.</param>
/// <param name="PostId">The post's id.</param>
/// <param name="ReleasedAt">Never earlier than that of the number before.</param>
/// <param name="Topics">The post's tags and categories when it was released.</param>
internal sealed record Release(long Number, string PostId, DateTimeOffset ReleasedAt, ImmutableArray<string> Topics);

/// <summary>Why a post that is in the feeds is not released to a newsletter. The numbers are stored.</summary>
internal enum CandidateState
{
    /// <summary>It is released as soon as it is ready.</summary>
    Waiting = 0,

    /// <summary>It was there when the newsletter began.</summary>
    NotNews = 1,

    /// <summary>It turned up dated too far back; only the operator releases it.</summary>
    Backdated = 2,

    /// <summary>Too many at once: it waits for the operator.</summary>
    Held = 3,

    /// <summary>The operator released it: nothing holds it any more.</summary>
    Approved = 4,
}

/// <summary>A post that turned up and has no number yet.</summary>
/// <param name="PostId">The post's id.</param>
/// <param name="TurnedUp">When it was first seen published.</param>
/// <param name="LackedAt">The last completed scan that lacked it.</param>
/// <param name="State">What holds it.</param>
internal sealed record Candidate(string PostId, DateTimeOffset TurnedUp, DateTimeOffset LackedAt, CandidateState State);
