using Syndication.EndToEnd.SetClock;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>The machine's clock is set wrong while `serve` runs, and right again.</summary>
public sealed class ClockTests
{
    private static readonly string[] Readers = ["ada@readers.example", "bob@readers.example"];

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public async Task SetBackAndForwardEachPostIsMailedSoonAndToNobodyTwice(int hours)
    {
        using Workspace work = new();
        ProgramClock clock = new(work);
        TimeSpan jump = TimeSpan.FromHours(hours);
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, ["subscribers", "add", .. Readers])).Succeeds();
        await using Service service = await Service.StartAsync(clock.Launch("--Newsletter:QuietPeriod=00:00:00"));

        string[] posts = ["right", "behind", "right again", "ahead", "right at last"];
        foreach ((string post, TimeSpan wrongBy) in posts.Zip([TimeSpan.Zero, -jump, TimeSpan.Zero, jump, TimeSpan.Zero]))
        {
            clock.Set(wrongBy);
            File.SetLastWriteTimeUtc(work.Post($"{post}.md", post), clock.Now.UtcDateTime);
            await Eventually.IsAsync(
                () => Mailed(work).Count(m => m.Contains($"\nSubject: {post}\r\n", StringComparison.Ordinal)) == Readers.Length,
                () => $"'{post}' mailed to each; {service.Program.Console}");
        }

        await service.StopAsync();
        Assert.Equal(posts.Length * Readers.Length, Mailed(work).Length);
    }

    private static string[] Mailed(Workspace work) =>
        Directory.Exists(work.In("data/outbox")) ? [.. Directory.EnumerateFiles(work.In("data/outbox"), "*.eml").Select(File.ReadAllText)] : [];
}
