using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Tests.Site;

public sealed class JekyllConfigurationTests
{
    private readonly List<Problem> _problems = [];

    [Fact]
    public void WhatJekyllAndItsFeedPluginKnowIsRead()
    {
        GeneratorConfiguration read = Read("""
            title: A blog
            description: >-
              About
              things
            url: "https://example.org/"
            baseurl: /blog
            timezone: Europe/Berlin
            permalink: pretty
            future: true
            unpublished: true
            show_drafts: yes
            excerpt_separator: "<!--more-->"
            lang: en_GB
            collections_dir: my_collections
            source: src
            feed:
              path: atom.xml
              posts_limit: 25
              excerpt_only: true
            """);

        Assert.Empty(_problems);
        Assert.Equal("A blog", read.Title);
        Assert.Equal("About things", read.Description);
        Assert.Equal("https://example.org/", read.Url?.AbsoluteUri);
        Assert.Equal("/blog", read.BaseUrl);
        Assert.Equal("Europe/Berlin", read.TimeZone?.Id);
        Assert.Equal("pretty", read.Permalink);
        Assert.True(read.ShowFuture);
        Assert.True(read.ShowUnpublished);
        Assert.True(read.ShowDrafts);
        Assert.Equal("<!--more-->", read.ExcerptSeparator);
        Assert.Equal("en-GB", read.Language);
        Assert.Equal("my_collections", read.PostsFolder);
        Assert.Equal("src", read.Source);
        Assert.Equal("/atom.xml", read.FeedPath);
        Assert.Equal(25, read.FeedLimit);
        Assert.True(read.ExcerptOnly);
    }

    [Theory]
    [InlineData("")]
    [InlineData("url: \"\"\ntitle:\nfeed:\nauthor:\nbaseurl: \"\"\ntimezone:\nexcerpt_separator:")]
    public void WhatIsMissingOrEmptyIsNotSaid(string yaml)
    {
        GeneratorConfiguration read = Read(yaml);

        Assert.Empty(_problems);
        Assert.Null(read.Url);
        Assert.Null(read.BaseUrl);
        Assert.Null(read.Title);
        Assert.Null(read.ExcerptSeparator);
        Assert.Null(read.FeedLimit);
        Assert.Null(read.ShowFuture);
    }

    [Fact]
    public void AnEmptyExcerptSeparatorIsSaidAndMeansNoExcerpt() => Assert.Equal("", Read("excerpt_separator: ''").ExcerptSeparator);

    [Fact]
    public void ANameServesAsTitleAndANumberAsText() => Assert.Equal("2048", Read("name: 2048").Title);

    [Theory]
    [InlineData("author: Jane Doe", "Jane Doe", null, null)]
    [InlineData("author: jane", "Jane of the data", "jane@example.org", null)]
    [InlineData("author: {name: Jane, email: j@example.org, uri: 'https://j.example/'}", "Jane", "j@example.org", "https://j.example/")]
    [InlineData("author: {name: Jane, url: /about}", "Jane", null, "/about")]
    public void AnAuthorIsANameAKeyOrAMapping(string yaml, string name, string? email, string? url)
    {
        Assert.Equal(new Author(name, email, url), Read(yaml).Author);
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("url: example.org", "_config.yml:1: url is 'example.org'", true)]
    [InlineData("\nurl: javascript:alert(1)", "_config.yml:2: url is 'javascript:alert(1)'", true)]
    [InlineData("url: [a]", "_config.yml:1: url is a list", false)]
    [InlineData("baseurl: https://example.org/blog", "_config.yml:1: baseurl is 'https://example.org/blog'", true)]
    [InlineData("timezone: Mars/Olympus", "_config.yml:1: timezone is 'Mars/Olympus'; expected the name of a time zone", true)]
    [InlineData("timezone: 5", "_config.yml:1: timezone is 5", true)]
    [InlineData("title: [a, b]", "_config.yml:1: title is a list; expected text", false)]
    [InlineData("title: {a: b}", "_config.yml:1: title is a mapping; expected text", false)]
    [InlineData("future: perhaps", "_config.yml:1: future is 'perhaps'; expected true or false", false)]
    [InlineData("lang: no", "_config.yml:1: lang is false; expected text", false)]
    [InlineData("lang: the english one", "_config.yml:1: lang is 'the english one'; expected a language tag", false)]
    [InlineData("feed: [x]", "_config.yml:1: feed is a list; expected keys and values", false)]
    [InlineData("feed:\n  posts_limit: many", "_config.yml:2: feed.posts_limit is 'many'; expected a whole number from 1", false)]
    [InlineData("feed:\n  posts_limit: 0", "_config.yml:2: feed.posts_limit is 0", false)]
    [InlineData("feed:\n  posts_limit: 99999999999", "_config.yml:2: feed.posts_limit is 99999999999", false)]
    [InlineData("feed:\n  path: ../../etc/feed.xml", "_config.yml:2: feed.path is '../../etc/feed.xml'", false)]
    [InlineData("feed:\n  path: https://example.org/feed.xml", "_config.yml:2: feed.path is 'https://example.org/feed.xml'", false)]
    [InlineData("author: {name: J, url: 'javascript:x'}", "_config.yml:1: author.url is 'javascript:x'", false)]
    [InlineData("author: [a, b]", "_config.yml:1: author is a list; expected text", false)]
    public void AWrongValueIsOneProblemWithItsLine(string yaml, string expected, bool isError)
    {
        Read(yaml);

        Problem problem = Assert.Single(_problems);
        Assert.StartsWith(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(isError, problem.Severity == Severity.Error);
    }

    [Fact]
    public void WhatASettingOverrulesCannotBeWrong()
    {
        GeneratorConfiguration read = Read(
            "url: nonsense\nbaseurl: //x\ntimezone: Mars",
            new SiteOptions { Url = new Uri("https://example.org/"), TimeZone = "UTC" });

        Assert.Empty(_problems);
        Assert.Null(read.Url);
    }

    private GeneratorConfiguration Read(string yaml, SiteOptions? options = null)
    {
        ConfigurationValues values = new([new ConfigurationLayer("_config.yml", YamlReader.Read(yaml, 1, false))], _problems);
        ImmutableDictionary<string, Author> authors =
            ImmutableDictionary<string, Author>.Empty.Add("jane", new Author("Jane of the data", "jane@example.org"));
        return JekyllConfiguration.Read(values, options ?? new SiteOptions(), authors);
    }
}
