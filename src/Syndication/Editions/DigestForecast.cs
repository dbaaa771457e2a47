using System.Collections.Immutable;
using Syndication.Ledger;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>What a digest would be, if it were opened at an instant.</summary>
/// <param name="Readers">Who would get a mail.</param>
/// <param name="Fewest">Posts in the shortest of the mails; 0 when there is none.</param>
/// <param name="Most">Posts in the longest.</param>
/// <param name="Audience">All who get digests of this cadence.</param>
internal sealed record DigestForecast(long Readers, int Fewest, int Most, long Audience)
{
    public static DigestForecast Nobody { get; } = new(0, 0, 0, 0);

    /// <summary>Asks of every reader of a cadence what they would get, as if all had got what is corrected. Writes nothing.</summary>
    /// <param name="audience">Who reads.</param>
    /// <param name="newsletter">Its name.</param>
    /// <param name="cadence">The digest's cadence.</param>
    /// <param name="releases">What there is for them by then, in order.</param>
    /// <param name="at">When it is opened.</param>
    /// <param name="stop">Cancels.</param>
    public static async Task<DigestForecast> OfAsync(
        AudienceStore audience, string newsletter, Cadence cadence, ImmutableArray<Release> releases, DateTimeOffset at, CancellationToken stop)
    {
        DigestForecast forecast = Nobody;
        HashSet<long> corrected = [.. releases.Select(r => r.Corrects).OfType<long>()];
        long upto = releases.IsEmpty ? 0 : releases[^1].Number;
        ImmutableArray<AudienceMember> page;
        long after = 0;
        do
        {
            page = await audience.PageAsync(newsletter, cadence, at, after, EditionRows.ChunkSize, stop);
            foreach (AudienceMember reader in page)
            {
                int posts = Selection.For(reader.Subscription, reader.Mark, reader.Owed, releases, upto, at, corrected)?.Length ?? 0;
                forecast = forecast.With(posts);
                after = reader.Subscription.Id;
            }
        }
        while (page.Length == EditionRows.ChunkSize);
        return forecast;
    }

    private DigestForecast With(int posts) => posts == 0
        ? this with { Audience = Audience + 1 }
        : new DigestForecast(Readers + 1, Readers == 0 ? posts : Math.Min(Fewest, posts), Math.Max(Most, posts), Audience + 1);
}
