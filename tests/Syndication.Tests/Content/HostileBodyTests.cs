using System.Diagnostics;
using System.Text;
using Syndication.Content;
using Syndication.Site;

namespace Syndication.Tests.Content;

public sealed class HostileBodyTests
{
    /// <summary>Far above what any of these takes, far below what a quadratic one would.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Bodies => new()
    {
        { "deep quotes", new string('>', 10_000) + " x" },
        { "deep lists", string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', 2 * i) + "- x\n")) },
        { "many lists on a line", string.Concat(Enumerable.Repeat("- ", 10_000)) + "x" },
        { "brackets", new string('[', 4_000_000) },
        { "open links", Repeat("[a](", 1_000_000) },
        { "images", Repeat("![", 1_000_000) },
        { "stars", Repeat("**a*", 500_000) },
        { "backticks", string.Concat(Enumerable.Range(1, 1_500).Select(i => new string('`', i) + "a")) },
        { "headings", Repeat("a\n-\n", 500_000) },
        { "tags", Repeat("<a", 1_000_000) },
        { "comments", Repeat("<!--\n\n", 500_000) },
        { "elements", Repeat("<div>\n\n", 300_000) + "x" },
        { "formatting", Repeat("<p><b a=1></p>\n", 100_000) + "x" },
        { "foreign", Repeat("<svg><title><div>", 100_000) + "x" },
        { "cdata", Repeat("<![CDATA[", 300_000) },
        { "table", "|" + Repeat("a|", 3_000) + "\n|" + Repeat("-|", 3_000) + "\n" + Repeat("|" + Repeat("a|", 3_000) + "\n", 50) },
        { "attribute lists", Repeat("{: a\n", 400_000) },
        { "extensions", Repeat("{::comment}\n", 200_000) },
        { "dollars", Repeat("$$ ", 500_000) },
        { "outputs", Repeat("{{", 1_000_000) },
        { "ends", Repeat("{% if a %}", 100_000) },
        { "endless loop", "{% for i in (1..99999999) %}{% for j in (1..99999999) %}x{% endfor %}{% endfor %}x" },
        { "doubling", "{% assign x = \"aaaaaaaaaa\" %}" + Repeat("{% assign x = x | append: x %}", 60) + "{{ x }}" },
        { "squaring", "{% assign x = \"aaaaaaaaaa\" %}" + Repeat("{% assign x = x | append: x %}", 14) + "{{ x | replace: \"a\", x }}" },
        { "doubling lists", "{% assign a = (1..9999) %}" + Repeat("{% assign a = a | concat: a %}", 40) + "x" },
        { "lists in lists", "{% assign a = 'x' | split: '' %}" + Repeat("{% assign a = a | push: a %}", 60) + "{{ a }}x{{ a | join: '' }}{{ a | inspect }}" },
        { "empty lists in lists", "{% assign a = '' | split: '' %}" + Repeat("{% assign a = a | push: a %}", 60) + "{{ a }}x{{ a | uniq | size }}" },
        { "labels in the excerpt", Repeat("[a] ", 100_000) + "\n\n" + Repeat("[b]: /c\n", 100_000) },
        { "shortcodes", Repeat("{{< x >}}", 300_000) + "x" },
        { "nested shortcodes", Repeat("{{% a %}}", 20_000) + "x" + Repeat("{{% /a %}}", 20_000) },
        { "footnotes", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[^{i}]")) + "\n\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[^{i}]: x\n")) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task AHostileBodyIsShownInBoundedTime(string name, string body)
    {
        Assert.NotNull(name);
        foreach (SiteKind kind in Enum.GetValues<SiteKind>())
        {
            foreach (string path in (string[])["a.md", "a.html"])
            {
                long start = Stopwatch.GetTimestamp();
                RenderedPost post = await Task.Run(() => Rendering.Render(Rendering.Post(body, path), Rendering.Site(kind)), TestContext.Current.CancellationToken)
                    .WaitAsync(Patience, TestContext.Current.CancellationToken);

                Assert.NotEqual("", post.Html);
                Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Patience);
            }
        }
    }

    [Fact]
    public void WhatCannotBeParsedIsShownWithAProblem()
    {
        RenderedPost post = Rendering.Bare("First.\n\n" + new string('>', 10_000) + " <b>deep</b>");

        Assert.Contains("<p>First.</p>", post.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;deep", post.Html, StringComparison.Ordinal);
        Assert.Equal("First.", post.ExcerptText);
        Problem problem = Assert.Single(post.Problems);
        Assert.Equal(Severity.Warning, problem.Severity);
        Assert.Equal(5, problem.Line);
    }

    [Fact]
    public void RandomMarkupNeverThrows()
    {
        string[] pieces = ["{:", "}", "{% ", " %}", "{{", "}}", "<", ">", "/", "div", "[", "](", ")", "*", "_", "`", "\n", "\n\n", "    ", "- ", "1. ", "> ", "|", "---", "#", "\"", "'", "$$", "[^1]", ": ", "a", "\\", "&#", ";", "!", "{::", "{{< ", " >}}", "raw", "endraw", "if", "endif", "\uD800", "ü", "<!--", "-->", "script", "="];
        Random random = new(7);
        for (int i = 0; i < 3_000; i++)
        {
            StringBuilder body = new();
            int length = random.Next(1, 60);
            for (int j = 0; j < length; j++)
            {
                body.Append(pieces[random.Next(pieces.Length)]);
            }

            SiteKind kind = (SiteKind)(i % 3);
            RenderedPost post = Rendering.Render(Rendering.Post(body.ToString()), Rendering.Site(kind));
            Assert.DoesNotContain("<script", post.Html, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Repeat(string piece, int times) => new StringBuilder(piece.Length * times).Insert(0, piece, times).ToString();
}
