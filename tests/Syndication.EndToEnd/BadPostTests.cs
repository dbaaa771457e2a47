using System.Text;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A bad post costs itself and nothing else: the good ones beside it are in the feed, and the console says where and why.</summary>
public sealed class BadPostTests
{
    [Fact]
    public async Task FrontMatterThatDoesNotParse()
    {
        using Workspace work = new();
        work.Write("posts/bad.md", "---\ntitle: Bad\ntags: [one, two\n---\nText.\n");
        string line = await OnlyTheGoodPostIsServedAsync(work, "bad.md:");
        Assert.Matches("bad.md:[2-4]: ", line);
    }

    [Fact]
    public async Task FrontMatterWithoutAnEnd()
    {
        using Workspace work = new();
        work.Write("posts/bad.md", "---\ntitle: Bad\n\nText.\n");
        await OnlyTheGoodPostIsServedAsync(work, "bad.md:1:");
    }

    [Theory]
    [InlineData("bad.md:2:", "date: the day before yesterday")]
    [InlineData("bad.md:2:", "date: 2026-13-45")]
    public async Task ADateThatIsNone(string where, string field)
    {
        using Workspace work = new();
        work.Write("posts/bad.md", $"---\n{field}\ntitle: Bad\n---\nText.\n");
        await OnlyTheGoodPostIsServedAsync(work, where);
    }

    [Fact]
    public async Task AYamlBomb()
    {
        using Workspace work = new();
        IEnumerable<string> lines = Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        work.Post("bad.md", "Bad", ["a0: &a0 [one, two, three]", .. lines]);
        await OnlyTheGoodPostIsServedAsync(work, "bad.md:");
    }

    [Fact]
    public async Task YamlThatIsNestedWithoutEnd()
    {
        using Workspace work = new();
        work.Write("posts/bad.md", $"---\ntitle: Bad\nnested: {new string('[', 100_000)}\n---\nText.\n");
        await OnlyTheGoodPostIsServedAsync(work, "bad.md:");
    }

    [Fact]
    public async Task AFileLargerThanAPostMayBe()
    {
        using Workspace work = new();
        work.Write("posts/bad.md", "---\ntitle: Bad\n---\n" + new string('x', 17_000_000));
        await OnlyTheGoodPostIsServedAsync(work, "bad.md", "Posts:MaxBytes");
    }

    [Fact]
    public async Task Utf16WithoutAByteOrderMark()
    {
        using Workspace work = new();
        work.Write("posts/bad.md", Encoding.Unicode.GetBytes(Workspace.TextOf("Bad")));
        await OnlyTheGoodPostIsServedAsync(work, "bad.md");
    }

    [Fact]
    public async Task AFileThatMayNotBeRead()
    {
        using Workspace work = new();
        File.SetUnixFileMode(work.Post("bad.md", "Bad"), UnixFileMode.None);
        await OnlyTheGoodPostIsServedAsync(work, "bad.md", "denied");
    }

    [Fact]
    public async Task AFolderThatMayNotBeRead()
    {
        using Workspace work = new();
        work.Post("locked/bad.md", "Bad");
        File.SetUnixFileMode(work.In("posts/locked"), UnixFileMode.None);
        try
        {
            await OnlyTheGoodPostIsServedAsync(work, "locked: the folder cannot be read", "denied");
        }
        finally
        {
            File.SetUnixFileMode(work.In("posts/locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task ANameWithALineBreakIsToldInOneLine()
    {
        using Workspace work = new();
        work.Post("bad\nerror: all is lost.md", "Bad");
        string line = await OnlyTheGoodPostIsServedAsync(work, "control character");
        Assert.Contains("bad", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALinkThatLeadsOutOfTheFolder()
    {
        using Workspace work = new();
        work.Write("secret.md", Workspace.TextOf("Secret"));
        Directory.CreateDirectory(work.Posts);
        File.CreateSymbolicLink(work.In("posts/bad.md"), work.In("secret.md"));
        await OnlyTheGoodPostIsServedAsync(work, "bad.md", "link");
    }

    [Fact]
    public async Task ALinkThatLeadsNowhere()
    {
        using Workspace work = new();
        Directory.CreateDirectory(work.Posts);
        File.CreateSymbolicLink(work.In("posts/bad.md"), work.In("posts/nothing.md"));
        await OnlyTheGoodPostIsServedAsync(work, "bad.md", "link");
    }

    [Fact]
    public async Task ALinkToItself()
    {
        using Workspace work = new();
        Directory.CreateDirectory(work.Posts);
        File.CreateSymbolicLink(work.In("posts/bad.md"), work.In("posts/bad.md"));
        await OnlyTheGoodPostIsServedAsync(work);
    }

    [Fact]
    public async Task AFolderThatIsLinkedIntoItself()
    {
        using Workspace work = new();
        Directory.CreateDirectory(work.Posts);
        Directory.CreateSymbolicLink(work.In("posts/again"), work.Posts);
        await OnlyTheGoodPostIsServedAsync(work);
    }

    [Fact]
    public async Task APipeInThePlaceOfAFile()
    {
        using Workspace work = new();
        Directory.CreateDirectory(work.Posts);
        Assert.True(Machine.Succeeds("mkfifo", work.In("posts/bad.md")));
        await OnlyTheGoodPostIsServedAsync(work, "bad.md", "empty");
    }

    [Fact]
    public async Task AnEmptyFile()
    {
        using Workspace work = new();
        work.Write("posts/bad.md", "");
        await OnlyTheGoodPostIsServedAsync(work, "bad.md", "empty");
    }

    [Fact]
    public async Task AFolderInThePlaceOfAFile()
    {
        using Workspace work = new();
        Directory.CreateDirectory(work.In("posts/bad.md"));
        await OnlyTheGoodPostIsServedAsync(work);
    }

    /// <summary>A single wrong byte costs the byte: the rest of the post can be read.</summary>
    [Fact]
    public async Task InvalidUtf8IsToldAndTheFeedsStayWellFormed()
    {
        using Workspace work = new();
        work.Post("good.md", "Good");
        work.Write("posts/bad.md", [.. "---\ntitle: Bad\n---\nText with "u8, 0xFF, 0xC3, .. " in it, and \u0001.\n"u8]);
        await using Service service = await Service.StartAsync(work);

        await service.UntilPrintedAsync("bad.md:4:");
        await service.ItemAsync("Good");
        await service.IdsOfEachFeedAsync();
    }

    /// <summary>Looks at the bad post at the start and again when it is there while the service runs.</summary>
    /// <returns>The line about it.</returns>
    private static async Task<string> OnlyTheGoodPostIsServedAsync(Workspace work, params string[] told)
    {
        work.Post("good.md", "Good");
        await using Service service = await Service.StartAsync(new Launch { Folder = work.Folder, Arguments = ["--Site:Title=Blog"], Under = Machine.WithoutPrivileges() });
        Assert.Equal("Good", Assert.Single(await service.ItemsAsync()).Title);
        string line = told.Length == 0 ? "" : await service.UntilPrintedAsync(["warning:", .. told]);

        work.Post("better.md", "Better");
        await service.UntilThereAsync("Better");
        Assert.Equal(2, (await service.ItemsAsync()).Count);
        Assert.True(told.Length == 0 || service.Printed(told).Count == 1, service.Program.Console);
        Assert.Empty(service.Printed("   at "));
        await service.StopAsync();
        return line;
    }
}
