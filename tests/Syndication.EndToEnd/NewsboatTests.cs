using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A feed reader that people use reads what is served.</summary>
public sealed class NewsboatTests
{
    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/atom.xml")]
    public async Task NewsboatReadsTheFeedAndSeesAnEditedPostAsTheSame(string feed)
    {
        Machine.Require(Machine.Succeeds("newsboat", "--version"), "there is no newsboat (apt-get install newsboat)");
        using Workspace work = new();
        work.Post("first.md", "First & <foremost>: \u00fc");
        work.Post("second.md", "Second", "date: 2026-01-02");
        await using Service service = await Service.StartAsync(work);
        work.Write("reader/urls", service.Url + feed + "\n");

        await ReloadAsync(work);
        IReadOnlyList<(string Id, string Title, string Url)> before = Cached(work);
        Assert.Equal(["First & <foremost>: \u00fc", "Second"], before.Select(i => i.Title));
        Assert.Equal((await service.ItemsAsync()).Select(i => (i.Id, i.Url)).Order(), before.Select(i => (i.Id, i.Url)).Order());

        work.Post("second.md", "Second, edited", "date: 2026-01-02");
        await service.UntilThereAsync("Second, edited");
        await ReloadAsync(work);
        Assert.Equal(before.Select(i => i.Id).Order(), Cached(work).Select(i => i.Id).Order());
        Assert.Contains("Second, edited", Cached(work).Select(i => i.Title));
    }

    private static async Task ReloadAsync(Workspace work)
    {
        using Process newsboat = new();
        newsboat.StartInfo = new ProcessStartInfo("newsboat", ["-u", work.In("reader/urls"), "-c", work.In("reader/cache.db"), "-x", "reload"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOME"] = work.In("reader"), ["TERM"] = "dumb", ["LANG"] = "C.UTF-8" },
        };
        newsboat.Start();
        Task<string> output = newsboat.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = newsboat.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await newsboat.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Deadline, TimeProvider.System);
        }
        finally
        {
            if (!newsboat.HasExited)
            {
                newsboat.Kill();
            }
        }

        Assert.True(newsboat.ExitCode == 0, $"newsboat: {await output} {await errors}");
    }

    /// <summary>The items in the reader's cache, ordered by title.</summary>
    private static List<(string Id, string Title, string Url)> Cached(Workspace work)
    {
        using SqliteConnection cache = new($"Data Source={work.In("reader/cache.db")};Mode=ReadOnly;Pooling=False");
        cache.Open();
        using SqliteCommand command = cache.CreateCommand();
        command.CommandText = "select guid, title, url from rss_item order by title";
        using SqliteDataReader row = command.ExecuteReader();
        List<(string Id, string Title, string Url)> items = [];
        while (row.Read())
        {
            items.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        }

        return items;
    }
}
