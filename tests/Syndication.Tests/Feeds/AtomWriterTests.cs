using Syndication.Feeds;

namespace Syndication.Tests.Feeds;

public sealed class AtomWriterTests
{
    [Fact]
    public void EntriesOfOneMomentAreUpdatedAFractionOfASecondApartWhichStaysWithThePost()
    {
        DateTimeOffset day = new(2024, 5, 6, 0, 0, 0, TimeSpan.FromHours(2));

        string[] updated = [.. Enumerable.Range(0, 100).Select(i => AtomWriter.Updated($"https://example.org/{i}", day))];

        Assert.Equal(100, updated.Distinct().Count());
        Assert.All(updated, u => Assert.Matches(@"^2024-05-06T00:00:00\.\d{6}\+02:00$", u));
        Assert.Equal(updated[7], AtomWriter.Updated("https://example.org/7", day));
        Assert.EndsWith("Z", AtomWriter.Updated("https://example.org/7", day.ToUniversalTime()), StringComparison.Ordinal);
    }
}
