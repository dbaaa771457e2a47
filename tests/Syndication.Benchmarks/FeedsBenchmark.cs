using System.Globalization;
using Syndication.Posts;

namespace Syndication.Benchmarks;

/// <summary>How soon a changed post is in each of its feeds among very many, with pages of older posts, and how many files that writes.</summary>
internal static class FeedsBenchmark
{
    private const int Changes = 10;
    private const int TagsOfAPost = 4;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(int count, int tags, CancellationToken stop)
    {
        using WorkFolder work = new();
        string posts = Product.MakeSite(work);
        Directory.CreateDirectory(posts);
        for (int index = 0; index < count; index++)
        {
            await File.WriteAllTextAsync(Path.Join(posts, SamplePosts.Name(index)), Text(index, tags, $"Post number {index}"), stop);
        }

        int port = RunningProgram.FreePort();
        using FeedClient client = new();
        await using RunningProgram program = Product.Serve(work, port, "--Feeds:Tags=on");
        await client.FirstAnswerAsync(program, Product.Feeds(port)[0], stop);
        string output = work["data/public"];
        await UntilStillAsync(output, stop);

        int newest = count - 1;
        Uri[] own = Product.Feeds(port);
        Uri[] topics = [.. TagsOf(newest, tags).Select(tag => new Uri(own[0], $"/feed/by_tag/{tag}.xml"))];
        Uri[] pages = [new(own[0], string.Create(CultureInfo.InvariantCulture, $"/feed-archive-{SamplePosts.Name(newest)[..4]}.xml"))];
        Dictionary<string, DateTime> before = Written(output);
        double site = await ChangeAsync(client, posts, newest, tags, "site", own, stop);
        double topic = await ChangeAsync(client, posts, newest, tags, "topic", topics, stop);
        double page = await ChangeAsync(client, posts, newest, tags, "page", pages, stop);
        await UntilStillAsync(output, stop);
        Dictionary<string, DateTime> after = Written(output);

        Figures figures = new("feeds", "");
        figures.Describe("posts", count);
        figures.Describe("files", after.Count);
        figures.Describe("files_written", after.Count(file => before.GetValueOrDefault(file.Key) != file.Value));
        figures.Add("one_change_ms", site, null);
        figures.Add("one_change_topics_ms", topic, null);
        figures.Add("one_change_archive_ms", page, null);
        figures.Add("memory_mb", program.Memory.Resident, null);
        figures.Print();
        return 0;
    }

    /// <summary>Edits a post; the median of milliseconds until it is in all of these feeds, without the wait for stillness.</summary>
    private static async Task<double> ChangeAsync(
        FeedClient client, string posts, int index, int tags, string what, IReadOnlyList<Uri> feeds, CancellationToken stop)
    {
        double[] took = new double[Changes];
        for (int i = 0; i < Changes; i++)
        {
            string title = string.Create(CultureInfo.InvariantCulture, $"Changed {what} {i}");
            took[i] = await client.SaveAsync(Path.Join(posts, SamplePosts.Name(index)), Text(index, tags, title), title, feeds, stop);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop);
        }

        return Figures.Median(took) - PostFolderWatcher.Still.TotalMilliseconds;
    }

    private static string Text(int index, int tags, string title)
    {
        string text = SamplePosts.Text(index, title);
        int from = text.IndexOf("tags: [", StringComparison.Ordinal);
        return $"{text[..from]}tags: [{string.Join(", ", TagsOf(index, tags))}]{text[text.IndexOf('\n', from)..]}";
    }

    private static IEnumerable<string> TagsOf(int index, int tags) =>
        Enumerable.Range(0, TagsOfAPost).Select(i => string.Create(CultureInfo.InvariantCulture, $"t{((index * TagsOfAPost) + i) % tags}"));

    /// <summary>Waits until nothing more is written.</summary>
    private static async Task UntilStillAsync(string folder, CancellationToken stop)
    {
        Dictionary<string, DateTime> before;
        Dictionary<string, DateTime> after = Written(folder);
        do
        {
            before = after;
            await Task.Delay(Settling, TimeProvider.System, stop);
            after = Written(folder);
        }
        while (!before.OrderBy(file => file.Key, StringComparer.Ordinal).SequenceEqual(after.OrderBy(file => file.Key, StringComparer.Ordinal)));
    }

    private static Dictionary<string, DateTime> Written(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).StartsWith('.')).ToDictionary(file => file, File.GetLastWriteTimeUtc, StringComparer.Ordinal);
}
