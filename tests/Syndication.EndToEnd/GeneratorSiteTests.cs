using System.Xml.Linq;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>An existing blog: its own configuration is read, and its feeds stand where its generator's stood.</summary>
public sealed class GeneratorSiteTests
{
    [Fact]
    public async Task AJekyllSiteHasItsAtomFeedWhereJekyllFeedWroteIt()
    {
        using Workspace work = new();
        work.Write("blog/_config.yml", "title: A Jekyll blog\nurl: https://jekyll.example\nbaseurl: /notes\ntimezone: Europe/Berlin\n");
        work.Write("blog/_posts/2026-01-02-first.md", Workspace.TextOf("First", "categories: [one, two]"));
        work.Write("blog/_drafts/second.md", Workspace.TextOf("Second"));
        await using Service service = await Service.StartAsync(work, "--site", "blog");

        XElement atom = XElement.Parse(await service.TextAsync("/feed.xml"));
        Assert.Equal("feed", atom.Name.LocalName);
        Assert.Equal("rss", XElement.Parse(await service.TextAsync("/rss.xml")).Name.LocalName);
        Assert.Equal("A Jekyll blog", atom.Elements().Single(e => e.Name.LocalName == "title").Value);
        FeedItem item = Assert.Single(await service.ItemsAsync());
        Assert.Equal("https://jekyll.example/notes/one/two/2026/01/02/first.html", item.Url);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.FromHours(1)), item.Published);
        await service.UntilPrintedAsync("Europe/Berlin");

        // A proxy may pass the prefix of the site on.
        Assert.Equal(await service.TextAsync("/feed.xml"), await service.TextAsync("/notes/feed.xml"));
        await service.StopAsync();
    }

    [Fact]
    public async Task AHugoSiteHasItsRssFeedWhereHugoWroteIt()
    {
        using Workspace work = new();
        work.Write("blog/hugo.toml", "title = 'A Hugo blog'\nbaseURL = 'https://hugo.example/'\n");
        work.Write("blog/content/posts/first.md", "+++\ntitle = 'First'\ndate = 2026-01-02T10:00:00Z\n+++\nText.\n");
        work.Write("blog/content/posts/second.md", "+++\ntitle = 'Second'\ndraft = true\n+++\nText.\n");
        await using Service service = await Service.StartAsync(work, "--site", "blog");

        Assert.Equal("rss", XElement.Parse(await service.TextAsync("/index.xml")).Name.LocalName);
        Assert.Equal("feed", XElement.Parse(await service.TextAsync("/atom.xml")).Name.LocalName);
        FeedItem item = Assert.Single(await service.ItemsAsync());
        Assert.Equal(("First", "https://hugo.example/posts/first/"), (item.Title, item.Url));
        await service.StopAsync();
    }

    [Fact]
    public async Task AChangedConfigurationOfTheSiteIsTakenUpAndABrokenOneLeavesTheLast()
    {
        using Workspace work = new();
        string configuration = work.Write("blog/_config.yml", "title: Before\nurl: https://jekyll.example\npermalink: pretty\n");
        work.Write("blog/_posts/2026-01-02-first.md", Workspace.TextOf("First"));
        await using Service service = await Service.StartAsync(work, "--site", "blog");
        FeedItem before = await service.ItemAsync("First");

        await File.WriteAllTextAsync(configuration, "title: [\n", TestContext.Current.CancellationToken);
        await service.UntilPrintedAsync("_config.yml:");
        Assert.Equal(before, await service.ItemAsync("First"));
        await File.WriteAllTextAsync(
            configuration, "title: After\nurl: https://jekyll.example\npermalink: /:title/\n", TestContext.Current.CancellationToken);

        await service.UntilAsync(items => items[0].Url == "https://jekyll.example/first/", "the new link");
        Assert.Equal(before.Id, (await service.ItemAsync("First")).Id);
        await Eventually.IsAsync(
            async () => (await service.TextAsync("/feed.xml")).Contains(">After<", StringComparison.Ordinal), () => "the new title");
    }

    [Fact]
    public async Task WhatAPostReadsBesidesItsOwnFileIsTakenUpWhenItChanges()
    {
        using Workspace work = new();
        work.Write("blog/_config.yml", "title: A blog\nurl: https://jekyll.example\n");
        work.Write("blog/_includes/note.html", "An old note.");
        work.Write("blog/_data/people.yml", "ann: Ann\n");
        work.Write("blog/_posts/2026-01-01-named.md", Workspace.TextOf("Named"));
        work.Write(
            "blog/_posts/2026-01-02-reads.md",
            "---\ntitle: Reads\n---\n{% include note.html %} By {{ site.data.people.ann }}, [after]({% post_url 2026-01-01-named %}).\n");
        await using Service service = await Service.StartAsync(work, "--site", "blog");
        string first = (await service.ItemAsync("Reads")).Html;
        Assert.Contains("An old note. By Ann, <a href=\"https://jekyll.example/2026/01/01/named.html\">", first, StringComparison.Ordinal);

        work.Write("blog/_includes/note.html", "A new note.");
        await UntilAsync("A new note. By Ann");
        work.Write("blog/_data/people.yml", "ann: Bob\n");
        await UntilAsync("A new note. By Bob");
        work.Write("blog/_posts/2026-01-01-named.md", Workspace.TextOf("Named", "permalink: /elsewhere/"));
        await UntilAsync("<a href=\"https://jekyll.example/elsewhere/\">");
        string last = (await service.ItemAsync("Reads")).Html;
        await service.StopAsync();

        await using Service again = await Service.StartAsync(work, "--site", "blog");
        Assert.Equal(last, (await again.ItemAsync("Reads")).Html);
        await again.StopAsync();

        Task UntilAsync(string text) => service.UntilAsync(
            items => items.Single(item => item.Title == "Reads").Html.Contains(text, StringComparison.Ordinal), text);
    }
}
