using System.Xml.Linq;
using Syndication.Tests.Support;

namespace Syndication.Tests.Feeds;

/// <summary>
/// Each folder of Cases/ with a site has the bytes of the feeds that it must give. With UPDATE_GOLDEN set to the Cases folder of the
/// sources, the files there are written anew, to be read before they are committed.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Path.Join(AppContext.BaseDirectory, "Cases")).Where(d => Directory.Exists(Path.Join(d, "site"))).Select(d => Path.GetFileName(d)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task TheFeedsOfASiteAreTheseBytes(string name)
    {
        using TempFolder output = new();
        TestTerminal terminal = new(output.Path);
        string folder = Path.Join(AppContext.BaseDirectory, "Cases", name);

        int code = await terminal.RunAsync(["build", "--site", Path.Join(folder, "site"), "--output", output.Path, .. UrlOf(name)]);

        Assert.True(code == 0, terminal.Error);
        string[] feeds = [.. Feeds(output.Path)];
        foreach (string feed in feeds)
        {
            string golden = Path.Join(folder, "expected", feed);
            if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is string sources)
            {
                golden = Path.Join(sources, name, "expected", feed);
                Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
                File.Copy(Path.Join(output.Path, feed), golden, overwrite: true);
            }

            Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(Path.Join(output.Path, feed), TestContext.Current.CancellationToken));
            if (!feed.EndsWith(".json", StringComparison.Ordinal))
            {
                XDocument.Load(Path.Join(output.Path, feed));
            }
        }

        Assert.Equal(Feeds(Path.Join(folder, "expected")), feeds);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task ASecondBuildChangesNoByte(string name)
    {
        using TempFolder output = new();
        string site = Path.Join(AppContext.BaseDirectory, "Cases", name, "site");
        await new TestTerminal(output.Path).RunAsync(["build", "--site", site, "--output", output.Path, .. UrlOf(name)]);
        Dictionary<string, (string, DateTime)> first = Files(output.Path);
        TestTerminal later = new(output.Path);
        later.Time.Advance(TimeSpan.FromDays(400));

        await later.RunAsync(["build", "--site", site, "--output", output.Path, .. UrlOf(name)]);

        Assert.Equal(first, Files(output.Path));
    }

    /// <summary>The names of all feeds in a folder and below.</summary>
    private static IEnumerable<string> Feeds(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
        .Where(name => Path.GetExtension(name) is ".xml" or ".json" or ".opml" && !name.StartsWith('.')).Order(StringComparer.Ordinal);

    /// <summary>A site with a configuration has its address there.</summary>
    private static string[] UrlOf(string name) => name == "bare" ? ["--Site:Url=https://bare.example"] : [];

    private static Dictionary<string, (string, DateTime)> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order().ToDictionary(f => f, f => (File.ReadAllText(f), File.GetLastWriteTimeUtc(f)));
}
