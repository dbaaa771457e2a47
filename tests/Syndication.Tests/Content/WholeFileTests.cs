using System.Text;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Content;

/// <summary>From a file's bytes to its HTML.</summary>
public sealed class WholeFileTests
{
    private const string Source = "---\ntitle: Grüße\n---\nÄ *b*\n\n- x\n- y\n";

    private static (Post? Post, RenderedPost? Rendered, IReadOnlyList<Problem> Problems) Read(byte[] bytes, SiteKind kind = SiteKind.Jekyll)
    {
        SiteDefinition site = Rendering.Site(kind);
        string path = kind == SiteKind.Jekyll ? "_posts/2020-01-02-a.md" : "posts/a.md";
        PostReading reading = new PostReader(site, new PostsOptions(), "1").Read(path, bytes, DateTimeOffset.UnixEpoch);
        RenderedPost? rendered = reading.Post is Post post ? new PostRenderer().Render(post, new PostCatalog(site, [post])) : null;
        return (reading.Post, rendered, reading.Problems);
    }

    public static TheoryData<string> Files => ["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian", "latin-1", "carriage returns", "both line ends"];

    [Theory]
    [MemberData(nameof(Files))]
    public void APostReadsTheSameInEveryEncodingAndWithEveryLineEnd(string form)
    {
        byte[] bytes = form switch
        {
            "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Source)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Source)],
            "utf-16 big-endian" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Source)],
            "latin-1" => Encoding.Latin1.GetBytes(Source),
            "carriage returns" => Encoding.UTF8.GetBytes(Source.Replace('\n', '\r')),
            "both line ends" => Encoding.UTF8.GetBytes(Source.Replace("\n", "\r\n", StringComparison.Ordinal)),
            _ => Encoding.UTF8.GetBytes(Source),
        };

        (Post? post, RenderedPost? rendered, _) = Read(bytes);

        Assert.Equal("Grüße", post?.Title);
        Assert.Equal("<p>Ä <em>b</em></p><ul><li>x</li><li>y</li></ul>", Rendering.Line(rendered!.Html));
    }

    [Fact]
    public void JsonFrontMatterIsReadInAHugoSite()
    {
        (Post? post, RenderedPost? rendered, _) = Read("{\n \"title\": \"J\",\n \"date\": \"2020-01-02\",\n \"tags\": [\"a\"]\n}\n\n*x*\n"u8.ToArray(), SiteKind.Hugo);

        Assert.Equal(("J", "a"), (post?.Title, post?.Tags.Single()));
        Assert.Equal("<p><em>x</em></p>", Rendering.Line(rendered!.Html));
    }

    [Fact]
    public void AYamlBombIsOneErrorWithItsLine()
    {
        StringBuilder yaml = new("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        (Post? post, _, IReadOnlyList<Problem> problems) = Read(Encoding.UTF8.GetBytes(yaml + "---\nbody\n"));

        Assert.Null(post);
        Problem problem = Assert.Single(problems);
        Assert.Contains("aliases counted at their full size", problem.ToString(), StringComparison.Ordinal);
        Assert.InRange(problem.Line ?? 0, 4, 7);
    }

    [Theory]
    [InlineData(nameof(SiteKind.Jekyll))]
    [InlineData(nameof(SiteKind.Hugo))]
    public void APostOfTenMegabytesIsRenderedInFull(string kind)
    {
        StringBuilder text = new("---\ntitle: Big\ndate: 2020-01-02\n---\n");
        int paragraphs = 0;
        while (text.Length < 10_000_000)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Paragraph {paragraphs++} with *words*, a [link](/x) and `code`.\n\n");
        }

        (_, RenderedPost? rendered, IReadOnlyList<Problem> problems) = Read(Encoding.UTF8.GetBytes(text.ToString()), Enum.Parse<SiteKind>(kind));

        Assert.Empty(problems);
        Assert.Empty(rendered!.Problems);
        Assert.Equal(paragraphs, rendered.Html.Split("<p>Paragraph ").Length - 1);
    }
}
