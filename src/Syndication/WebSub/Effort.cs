namespace Syndication.WebSub;

/// <summary>
/// How far it has come to tell somebody of the newest version of a feed, and when the next try is due. A newer version takes the place of one
/// that waits. Immutable and pure; versions are hashes of the feed's bytes.
/// </summary>
internal sealed record Effort
{
    /// <summary>With the waits between them that is a day.</summary>
    public const int MostAttempts = 15;

    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>From one version to the next at the least: what is changed again and again is told once in that time.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The version that was told last, or given up; null = none yet.</summary>
    public string? Done { get; init; }

    /// <summary>The version that could not be told so far; null = none.</summary>
    public string? Version { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? LastTry { get; init; }

    /// <summary>When <see cref="Version"/> is tried again; null without one.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When a version is to be told; null = it need not be.</summary>
    public DateTimeOffset? DueFor(string version) =>
        version == Done ? null
        : version == Version ? Due
        : LastTry is DateTimeOffset last ? last + Pause
        : DateTimeOffset.MinValue;

    public static Effort Told(string version, DateTimeOffset now) => new() { Done = version, LastTry = now };

    /// <summary>A try that failed. After the last one the version is given up (<see cref="HasGivenUp"/>): the next is tried anew.</summary>
    public Effort Failed(string version, DateTimeOffset now)
    {
        int attempts = version == Version ? Attempts + 1 : 1;
        return attempts < MostAttempts
            ? this with { Version = version, Attempts = attempts, LastTry = now, Due = now + Wait(attempts) }
            : new Effort { Done = version, Attempts = attempts, LastTry = now };
    }

    /// <summary>Whether the last version was given up.</summary>
    public bool HasGivenUp => Attempts >= MostAttempts;

    /// <summary>The wait after so many tries, at least one: doubled each time.</summary>
    public static TimeSpan Wait(int attempts) => First * Math.Min(Math.Pow(2, attempts - 1), Longest / First);
}
