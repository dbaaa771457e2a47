using System.Text;
using Syndication.Tests.Support;

namespace Syndication.Tests.Cli;

/// <summary>The commands that show, foretell and send mail. The outbox is the mail server.</summary>
public sealed class MailCommandsTests : MailSite
{
    [Theory]
    [InlineData("posts/hello.md")]
    [InlineData("hello")]
    [InlineData("HELLO")]
    [InlineData("https://blog.example/hello/")]
    public async Task APreviewIsTheMailOfAPostNamedByFileSlugOrId(string post)
    {
        Post("hello.md", "Hello");

        string mail = (await RunAsync(0, "preview", post)).Out;

        Assert.Contains("Subject: Hello\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("To: you@example.org\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe: <https://blog.example/unsubscribe/", mail, StringComparison.Ordinal);
        Assert.Equal(["posts"], Entries());
    }

    [Fact]
    public async Task APreviewCanBeThePageOrTheTextAloneAndOfWhatIsNotPublishedYet()
    {
        Post("later.md", "Later", "date: 2099-01-01");
        Post("draft.md", "Draft", "draft: true");

        Assert.StartsWith("<!DOCTYPE html>", (await RunAsync(0, "preview", "later", "--html")).Out.TrimStart(), StringComparison.Ordinal);
        string text = (await RunAsync(0, "preview", "posts/draft.md", "--text")).Out;
        Assert.Contains("you@example.org", text, StringComparison.Ordinal);
        Assert.Contains("Unsubscribe: https://blog.example/unsubscribe/", text, StringComparison.Ordinal);
        Assert.DoesNotContain('<', text);
    }

    [Fact]
    public async Task ADigestIsOfTheNewestPostsTheOldestOfThemFirst()
    {
        for (int i = 1; i <= 4; i++)
        {
            Post($"p{i}.md", $"Post {i}", $"date: 2026-11-0{i}");
        }

        string text = (await RunAsync(0, "preview", "--digest", "3", "--text")).Out;

        Assert.DoesNotContain("Post 1", text, StringComparison.Ordinal);
        Assert.Equal([2, 3, 4], Enumerable.Range(1, 4).Select(i => (i, At: text.IndexOf($"Post {i}", StringComparison.Ordinal))).Where(p => p.At >= 0).OrderBy(p => p.At).Select(p => p.i));
    }

    [Fact]
    public async Task APreviewReplacesNoFile()
    {
        Post("hello.md", "Hello");
        await RunAsync(0, "preview", "hello", "--to", "hello.eml");
        byte[] written = await File.ReadAllBytesAsync(At("hello.eml"), TestContext.Current.CancellationToken);
        Assert.Contains("Subject: Hello\r\n", Encoding.ASCII.GetString(written), StringComparison.Ordinal);

        Assert.Contains("hello.eml: is there already", (await RunAsync(1, "preview", "hello", "--html", "--to", "hello.eml")).Error, StringComparison.Ordinal);
        Assert.Equal(written, await File.ReadAllBytesAsync(At("hello.eml"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1, "there is no post 'nope' in posts: it is neither a file nor the id or slug of one", "preview", "nope")]
    [InlineData(1, "'same' is the slug of 2 posts in posts: ", "preview", "same")]
    [InlineData(1, "bad.md:", "preview", "posts/bad.md")]
    [InlineData(2, "either a post or --digest N", "preview")]
    [InlineData(2, "either a post or --digest N", "preview", "same", "--digest", "2")]
    [InlineData(2, "from 1 on", "preview", "--digest", "0")]
    [InlineData(2, "either --html or --text", "preview", "--digest", "1", "--html", "--text")]
    [InlineData(2, "either a post or --digest", "editions", "send")]
    [InlineData(3, "there is no database", "editions", "send", "same")]
    [InlineData(2, "error: --digest is 'hourly'; expected daily, weekly or monthly\n", "editions", "send", "--digest", "hourly")]
    [InlineData(2, "error: --cadence is 'hourly'; expected post, daily, weekly or monthly\n", "subscribers", "add", "a@example.org", "--cadence", "hourly")]
    [InlineData(2, "error: --urls is for serve alone: nothing else listens\n", "editions", "list", "--urls", "http://localhost:1")]
    [InlineData(1, "error: 'lists/x.csv' cannot be written: there is no folder lists\n", "subscribers", "export", "lists/x.csv")]
    [InlineData(1, "error: 'mails/x.eml' cannot be written: there is no folder mails\n", "preview", "same", "--to", "mails/x.eml")]
    [InlineData(1, "--Newsletter:Daily is '8 am'; expected seconds minutes hours", "plan", "--Newsletter:Daily=8 am")]
    public async Task WhatIsWrongIsToldInALineWithItsExitCode(int code, string message, params string[] arguments)
    {
        Post("same.md", "Same");
        Post("other/same.md", "Same", "permalink: /another/");
        File.WriteAllText(At("posts/bad.md"), "---\ntitle: [\n---\n");

        TestTerminal terminal = await RunAsync(code, arguments);

        Assert.Contains(message, terminal.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", terminal.Error, StringComparison.Ordinal);
        Assert.Equal(["posts"], Entries());
    }

    [Fact]
    public async Task WithoutADatabaseAPlanSaysWhatTheFirstRunDoes()
    {
        Post("hello.md", "Hello");
        Post("later.md", "Later", "date: 2026-11-25 09:00");

        string plan = (await RunAsync(0, "plan")).Out;

        Assert.Contains("nothing, since there is no database in data yet", plan, StringComparison.Ordinal);
        Assert.Contains("its first run mails nobody the posts that are there", plan, StringComparison.Ordinal);
        Assert.Contains("Publish   'Later' on 2026-11-25 09:00 (in 20 h)", plan, StringComparison.Ordinal);
        Assert.Contains("nobody subscribes yet", plan, StringComparison.Ordinal);
        Assert.Contains("Digest    daily    2026-11-25 08:00 (in 19 h): nobody subscribes to it", plan, StringComparison.Ordinal);
        Assert.Equal(["posts"], Entries());
    }

    [Fact]
    public async Task APlanTellsWhatWaitsWhoGetsItAndWhatDigestsWouldHold()
    {
        Post("old.md", "Old");
        await RunAsync(0, "subscribers", "add", "a@example.org");
        await RunAsync(0, "subscribers", "add", "b@example.org", "--topics", "cats");
        await RunAsync(0, "subscribers", "add", "w@example.org", "--cadence", "weekly");
        await RunAsync(0, "subscribers", "add", "d@example.org", "--cadence", "daily", "--topics", "cats");
        await RunAsync(0, "editions", "send", "old");
        Post("new.md", "New", "send_at: 2026-11-24 14:32", "tags: [dogs]");
        Post("cats.md", "Cats", "date: 2026-11-26 07:00", "tags: [cats]");
        Post("ancient.md", "Ancient", "date: 2020-01-01");

        string plan = (await RunAsync(0, "plan")).Out;

        Assert.Contains("it is 2026-11-24 13:00 in the site's time zone, Europe/Berlin", plan, StringComparison.Ordinal);
        Assert.Contains("Mail      'New' goes to 1 reader at 14:32 and into the digests of 1 (in 92 min)", plan, StringComparison.Ordinal);
        Assert.Contains("Mail      'Cats' goes to 2 readers at 2026-11-26 07:00 and into the digests of 2 (in 42 h)", plan, StringComparison.Ordinal);
        Assert.Contains("1 post dated too far back to be news; `syndication editions send POST` mails one: 'Ancient'", plan, StringComparison.Ordinal);
        Assert.Contains("Digest    daily    2026-11-25 08:00 (in 19 h): nothing for its 1 reader so far", plan, StringComparison.Ordinal);
        Assert.Contains("Digest    weekly   2026-11-30 08:00 (in 5 d): 3 posts to 1 reader", plan, StringComparison.Ordinal);
        Assert.Contains("Digest    monthly  2026-12-01 08:00 (in 6 d): nobody subscribes to it", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SentWithoutAServeAPostLiesInTheOutboxAndTheAccountIsShown()
    {
        Post("old.md", "Old");
        Post("other.md", "Other");
        await RunAsync(0, "subscribers", "add", "a@example.org", "b@example.org");
        await RunAsync(0, "subscribers", "add", "d@example.org", "--cadence", "daily");

        TestTerminal sent = await RunAsync(0, "editions", "send", "posts/old.md");

        Assert.Contains("'Old' goes to 2 readers now and into the digests of 1", sent.Out, StringComparison.Ordinal);
        Assert.Contains("2 = 2 sent + 0 failed + 0 cancelled + 0 waiting", sent.Out, StringComparison.Ordinal);
        Assert.Empty(sent.Error);
        Assert.Equal(2, Mails().Length);
        Assert.Contains("'Old' was mailed before", (await RunAsync(1, "editions", "send", "old")).Error, StringComparison.Ordinal);
        Assert.Contains("1 = 1 sent", (await RunAsync(0, "editions", "send", "--digest", "daily")).Out, StringComparison.Ordinal);
        Assert.Contains("nothing new for the 1 reader of the daily digest", (await RunAsync(0, "editions", "send", "--digest", "daily")).Out, StringComparison.Ordinal);
        Assert.Contains("Nobody gets the monthly digest", (await RunAsync(0, "editions", "send", "--digest", "monthly")).Out, StringComparison.Ordinal);
        Assert.Equal(3, Mails().Length);

        // What was there at the first run stays unmailed.
        Assert.Contains("1 post from before the newsletter began", (await RunAsync(0, "plan")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("---\ntitle: [\n---\n")]
    public async Task MailOfAPostWhoseFileIsMissingOrBrokenWaitsAndIsNotWithdrawn(string? text)
    {
        Post("old.md", "Old");
        Post("other.md", "Other");
        Post("third.md", "Third");
        await RunAsync(0, "subscribers", "add", "a@example.org");
        Directory.CreateDirectory(At("data"));
        File.WriteAllText(At("data/outbox"), "a file in the way");
        Assert.Contains("1 waiting", (await RunAsync(0, "editions", "send", "old")).Out, StringComparison.Ordinal);
        File.Delete(At("data/outbox"));
        File.Delete(At("posts/old.md"));
        if (text is not null)
        {
            File.WriteAllText(At("posts/old.md"), text);
        }

        TestTerminal sent = await RunAsync(0, "editions", "send", "other");

        Assert.Contains("mail waits: its posts are not read yet, or a file of theirs is missing or cannot be read", sent.Error, StringComparison.Ordinal);
        Assert.Single(Mails());
        Assert.Contains("1 = 0 sent + 0 failed + 0 cancelled + 1 waiting", (await RunAsync(0, "editions", "list")).Out, StringComparison.Ordinal);
        Post("old.md", "Old");
        await ExecuteAsync("update deliveries set due_at = 0");
        await RunAsync(0, "editions", "send", "third");
        Assert.Equal(3, Mails().Length);
    }

    [Fact]
    public async Task AnAccountThatDoesNotBalanceIsAnErrorOfTheListAndTheShow()
    {
        Post("old.md", "Old");
        await RunAsync(0, "subscribers", "add", "a@example.org", "b@example.org");
        await RunAsync(0, "editions", "send", "old");
        await ExecuteAsync("delete from deliveries where id = (select min(id) from deliveries)");

        TestTerminal list = await RunAsync(3, "editions", "list");

        Assert.Contains("edition 1 was planned for 2 readers, and the ledger has 1", list.Error, StringComparison.Ordinal);
        Assert.Contains("2 = 1 sent + 0 failed + 0 cancelled + 0 waiting", list.Out, StringComparison.Ordinal);
        Assert.Contains("edition 1 was planned for 2 readers", (await RunAsync(3, "editions", "show", "1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNotPublishedIsNotSent()
    {
        Post("draft.md", "Draft", "draft: true");
        Post("silent.md", "Silent", "newsletter: false");
        await RunAsync(0, "subscribers", "add", "a@example.org");

        Assert.Contains("draft.md: 'Draft' is not published", (await RunAsync(1, "editions", "send", "draft")).Error, StringComparison.Ordinal);
        Assert.Contains("silent.md: 'Silent' is not for this newsletter", (await RunAsync(1, "editions", "send", "silent")).Error, StringComparison.Ordinal);
        Assert.Empty(Mails());
    }

    [Fact]
    public async Task CheckTellsHowMailIsSetUpWrongly()
    {
        Post("hello.md", "Hello");

        string warnings = (await CheckAsync(0, "--Mail:Host=smtp.example.org", "--Site:Url=http://blog.example/")).Error;
        Assert.Contains("--Mail:Host: mail goes to real readers, and its links for leaving begin with http://blog.example/", warnings, StringComparison.Ordinal);
        Assert.Contains("Newsletter:Address: is not set", warnings, StringComparison.Ordinal);
        Assert.Contains("Newsletter:From: mail comes from newsletter@localhost", (await CheckAsync(0, "--Mail:Host=smtp.example.org")).Error, StringComparison.Ordinal);
        Assert.Contains("--Newsletter:From is 'blog', which cannot be written", (await CheckAsync(1, "--Newsletter:From=blog")).Error, StringComparison.Ordinal);
        Assert.Empty((await CheckAsync(0, "--Mail:Host=smtp.example.org", Site[0], "--Newsletter:Address=1 Harbour Street")).Error);
    }

    [Fact]
    public async Task CheckTriesTheTemplatesOfMails()
    {
        Post("hello.md", "Hello");
        Directory.CreateDirectory(At("posts/templates/mail"));
        File.WriteAllText(At("posts/templates/mail/post.txt"), "one\n{% if %}");
        Assert.Contains("post.txt:2: the template cannot be read", (await CheckAsync(1, Site[0])).Error, StringComparison.Ordinal);

        File.WriteAllText(At("posts/templates/mail/post.txt"), "{{ post.title }}");
        File.WriteAllText(At("posts/templates/mail/frame.txt"), "{{ content }}");
        Assert.Contains("a newsletter needs a way to leave it", (await CheckAsync(1, Site[0])).Error, StringComparison.Ordinal);
    }
}
