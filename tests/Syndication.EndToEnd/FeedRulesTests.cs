using System.Diagnostics;
using System.Text.RegularExpressions;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>What validators and readers demand of a feed, held against the bytes; html5lib, which we did not write, judges the HTML.</summary>
public sealed class FeedRulesTests
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Three tags; the posts of the one author who is named are no other feed than the site's.</summary>
    private const int Topics = 3;

    private static readonly Lazy<bool> HasHtml5Lib = new(() => Machine.Succeeds(Python, "-c", "import html5lib"));

    /// <summary>With a limit the site's feed has pages of two months, of which one is frozen.</summary>
    [Theory]
    [InlineData("20", 0)]
    [InlineData("2", 2)]
    public async Task PostsWithEveryKnownTrapGiveFeedsThatBreakNoRule(string limit, int pages)
    {
        using Workspace work = Site();

        (await Command.RunAsync(work, "build", "--output", "public", "--Site:Url=HTTPS://Blog.Example:443", "--Site:Title=A & B <em>", "--Site:Description=All &amp; <b>more</b>", "--Feeds:Archives=month", $"--Feeds:Limit={limit}")).Succeeds();

        string[] feeds = [.. Directory.GetFiles(work.In("public"), "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".xml" or ".json" && !Path.GetFileName(file).StartsWith('.'))];
        Assert.Equal(3 * (1 + Topics + pages), feeds.Length);
        Assert.Equal("", await BrokenAsync(feeds));
    }

    /// <summary>A rule that cannot fail shows nothing: each is broken once.</summary>
    [Theory]
    [InlineData("atom.xml", @"<updated>[^<]*</updated>", "<updated>2026-01-01T00:00:00Z</updated>", "DuplicateUpdated")]
    [InlineData("atom.xml", @"<id>https://blog\.example/", "<id>https://Blog.example/", "NonCanonicalURI")]
    [InlineData("atom.xml", @"<id>[^<]*</id>", "<id>https://blog.example/</id>", "DuplicateEntries")]
    [InlineData("atom.xml", "<link rel=\"self\"[^>]*>", "", "MissingSelf")]
    [InlineData("atom.xml", @"<published>(\d{4})-", "<published>0$1-", "InvalidRFC3339Date")]
    [InlineData("feed.xml", "xmlns:atom", "xmlns:a10", "AvoidNamespacePrefix")]
    [InlineData("feed.xml", " GMT<", " +0545<", "ProblematicalRFC822Date")]
    [InlineData("feed.xml", "&#x3C;T&#x3E;", "&lt;T&gt;", "CharacterData")]
    [InlineData("feed.xml", "<guid[^>]*>[^<]*</guid>", "", "MissingGuid")]
    [InlineData("feed.xml", "<atom:link[^>]*/>", "", "MissingSelf")]
    [InlineData("feed.xml", "&lt;p&gt;", "&lt;p style=\"position: fixed\"&gt;", "DangerousStyleAttr")]
    [InlineData("feed.xml", "&lt;p&gt;", "&lt;p onclick=\"x()\"&gt;", "SecurityRiskAttr")]
    [InlineData("feed.xml", "&lt;p&gt;", "&lt;iframe&gt;&lt;/iframe&gt;&lt;p&gt;", "SecurityRisk")]
    [InlineData("feed.xml", "href=\"https://blog.example/", "href=\"/", "ContainsRelRef")]
    [InlineData("feed.xml", "&lt;/strong&gt;", "", "NotHtml")]
    [InlineData("feed.xml", "<description>", "<description>\u0085", "BadCharacters")]
    [InlineData("feed.json", "\"id\": \"[^\"]*\"", "\"id\": \"1\"", "DuplicateEntries")]
    [InlineData("feed.json", "\"content_html\"", "\"content\"", "required")]
    public async Task ARuleThatIsBrokenIsSeen(string feed, string pattern, string replacement, string rule)
    {
        using Workspace work = Site();
        (await Command.RunAsync(work, "build", "--output", "public", "--Site:Url=https://blog.example")).Succeeds();
        string before = work.Read($"public/{feed}");
        string after = Regex.Replace(before, pattern, replacement);
        Assert.NotEqual(before, after);

        string broken = await BrokenAsync(work.Write(feed, after));

        Assert.Contains($"{feed}: {rule}: ", broken, StringComparison.Ordinal);
    }

    /// <summary>A post for each trap that generators fell into.</summary>
    private static Workspace Site()
    {
        Workspace work = new();
        work.Post("one-day.md", "Of one day", "date: 2026-01-02", "tags: [c++, \"a<b>\", \"Q&A\"]", "author: \"Ann <ann@blog.example>\"");
        work.Post("same-day.md", "Of the same day", "date: 2026-01-02", "lang: en_US");
        work.Post("generic.md", "List<T> &amp; friends </b>", "date: 2026-01-03 10:00:00 +0545", "description: \"a < b && c > d, <i>not</i> markup &amp; so\"");
        work.Write("posts/body.md", """
            ---
            title: Body
            date: 2026-01-04
            ---
            **Bold**, [above](/about/), [here](#there), a note.[^1]

            <iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>
            <svg width="10"><circle r="5"/></svg><my-widget data-x="1">inner</my-widget>
            <p style="position:fixed; color:red; max-width:10em; text-align:center" onclick="x()" role="note">styled</p>
            <bdo dir="rtl">turned</bdo> <script>alert(1)</script> <input type="checkbox" checked> <details open><summary>s</summary>t</details>

            <p>unclosed <b>bold <div>block in a paragraph</div>
            <table><tr><td>cell</td></tr>text in a table</table>

            - [ ] open
            - [x] done

            | a | b |
            |---|--:|
            | 1 | <br> |

            ~~~csharp
            List<int> x = a && b;
            ~~~

            ![A picture](data:image/png;base64,iVBORw0KGgo=) <img src="pics/a b.png" srcset="x 2x">

            [^1]: With `code`.
            """);
        work.Write("posts/bytes.md", "---\ntitle: \"Bytes \\u0085\\u0007 x\"\ndate: 2026-01-05\n---\nControl \u0085 \u0008 characters, an emoji \U0001F600, \ufffe.\n");
        work.Write("posts/short.md", "---\ntitle: Short\ndate: 2026-02-06\n---\nx\n");
        return work;
    }

    /// <summary>A line for each rule that is broken.</summary>
    private static async Task<string> BrokenAsync(params string[] feeds)
    {
        Machine.Require(HasHtml5Lib.Value, "there is no python3-html5lib; tests/run installs it");
        using Process process = new();
        process.StartInfo = new ProcessStartInfo(Python, [Path.Join(AppContext.BaseDirectory, "Support", "feed-rules.py"), .. feeds])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.Start();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string broken = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(process.WaitForExit(Eventually.Deadline), "feed-rules.py did not end");
        return broken + await errors;
    }
}
