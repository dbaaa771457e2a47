using System.Text;
using Syndication.Content;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Templating;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

public sealed class EditionComposerTests
{
    private const string Plain = "---\ntitle: First\n---\nHello.\n";

    [Fact]
    public void OnePostIsInFullWithItsTitleAsSubject()
    {
        ComposedVariant mail = Compose("---\ntitle: \"A &amp; <em>B</em>\"\n---\nOne.\n\nTwo, [there](other).\n");

        Assert.Equal(("A & B", "One."), (mail.Subject, mail.Preheader));
        Assert.Contains("<p style=\"margin: 0 0 16px\">One.</p>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("One.\n\nTwo, there (https://blog.example.org/2026/03/01/first/other).\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Harbour Street 1, 20457 Hamburg", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Harbour Street 1, 20457 Hamburg", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void FrontMatterMaySayTheSubjectAndThePreview()
    {
        ComposedVariant mail = Compose("---\ntitle: A\nsubject: \" To you \"\npreview: Look\n---\nOne.\n");

        Assert.Equal(("To you", "Look"), (mail.Subject, mail.Preheader));
        Assert.Contains(">Look</div>", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void ADigestHasTitlesAndExcerptsAndNoBodies()
    {
        ComposedVariant mail = Letters.Compose(Letters.Content(Cadence.Weekly, Numbered(1), Numbered(2)));

        Assert.Equal("Notes from the harbour: Post 1 and 1 more", mail.Subject);
        Assert.Equal("Post 2", mail.Preheader);
        Assert.Contains("Weekly digest", mail.Html, StringComparison.Ordinal);
        Assert.Contains("2026-03-09", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Excerpt 2.", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Body", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Body", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void CorrectionsStandBeforeThePostsOfADigest()
    {
        (Post post, RenderedPost _) = Letters.Post("---\ntitle: Tides & <moons>\n---\nText.\n");
        EditionContent content = Letters.Content(Cadence.Weekly, Letters.Post("---\ntitle: Newest\n---\nText.\n")) with
        {
            Corrections = [(post, new Correction("n", "It was <b>12</b>, not 21.", ByMail: false))],
        };
        ComposedVariant mail = Letters.Compose(content);

        Assert.Equal("Notes from the harbour: Newest", mail.Subject);
        Assert.Contains("It was &lt;b&gt;12&lt;/b&gt;, not 21.", mail.Html, StringComparison.Ordinal);
        Assert.True(mail.Html.IndexOf("not 21.", StringComparison.Ordinal) < mail.Html.IndexOf("Newest</a>", StringComparison.Ordinal));
        Assert.True(mail.Text.IndexOf("not 21.", StringComparison.Ordinal) < mail.Text.LastIndexOf("Newest", StringComparison.Ordinal));
        Assert.NotEqual(Letters.Compose(content with { Corrections = [] }).MessageKey, mail.MessageKey);
    }

    [Theory]
    [InlineData(Cadence.EachPost, 1, "Correction: First")]
    [InlineData(Cadence.Daily, 3, "Correction: First and 2 more")]
    [InlineData(Cadence.Monthly, 500, "Correction: First and 499 more")]
    public void CorrectionsAloneAreAMailOfTheirOwn(object cadence, int count, string subject)
    {
        (Post post, RenderedPost _) = Letters.Post("---\ntitle: First\n---\nText.\n");
        Correction correction = new("n", new string('&', 2000), ByMail: true);
        ComposedVariant mail = Letters.Compose(Letters.Content((Cadence)cadence) with { Corrections = [.. Enumerable.Repeat((post, correction), count)] });

        Assert.Equal(subject, mail.Subject);
        Assert.InRange(Encoding.UTF8.GetByteCount(mail.Html), 1000, EditionComposer.MostHtml);
        Assert.Contains("https://blog.example.org/", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void ADigestShowsTwentyPostsThenALink()
    {
        ComposedVariant mail = Letters.Compose(Letters.Content(Cadence.Daily, [.. Enumerable.Range(1, 23).Select(Numbered)]));

        Assert.Contains("Post 20", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Post 21", mail.Html, StringComparison.Ordinal);
        Assert.Contains(">3 more on Blog</a>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("3 more on Blog:\nhttps://blog.example.org/\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal("Notes from the harbour: Post 1 and 22 more", mail.Subject);
    }

    [Fact]
    public void ALongPostIsCutAtABlockBeforeGmailCutsIt()
    {
        string body = string.Concat(Enumerable.Range(1, 4000).Select(i => $"Paragraph {i} ends here, with ümlauts.\n\n"));
        ComposedVariant mail = Compose($"---\ntitle: Long\n---\n{body}");

        int bytes = Encoding.UTF8.GetByteCount(mail.Html);
        Assert.InRange(bytes, 95_000, EditionComposer.MostHtml);
        Assert.Contains("ümlauts.</p>\n  </div>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://blog.example.org/2026/03/01/first/\" style=\"color: #0b5cad\">Read the rest in the browser</a>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Unsubscribe", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Read the rest in the browser:\nhttps://blog.example.org/2026/03/01/first/\n", mail.Text, StringComparison.Ordinal);
        Assert.True(mail.Text.Length < 110_000);
    }

    [Fact]
    public void APostOfOneEndlessBlockShowsItsExcerpt()
    {
        ComposedVariant mail = Compose($"---\ntitle: Long\ndescription: In short.\n---\n{string.Concat(Enumerable.Repeat("word ", 40_000))}");

        Assert.InRange(Encoding.UTF8.GetByteCount(mail.Html), 1, EditionComposer.MostHtml);
        Assert.Contains("<p style=\"margin: 0 0 16px\">In short.</p>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Read the rest", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void AShortPostIsNotCut() => Assert.DoesNotContain("Read the rest", Compose(Plain).Html, StringComparison.Ordinal);

    [Fact]
    public void TheSameContentGivesTheSameVariant() => Assert.Equal(Compose(Plain), Compose(Plain));

    [Fact]
    public void TheMessageKeyIsOfSiteNewsletterEditionAndPosts()
    {
        EditionContent content = Letters.Content(Cadence.Weekly, Numbered(1), Numbered(2));
        EditionContent[] others =
        [
            content with { Key = "2026-03-10" },
            content with { Cadence = Cadence.Daily },
            content with { Newsletter = Letters.Newsletter with { Name = "other" } },
            content with { Site = Letters.Blog with { Url = new Uri("https://other.example/") } },
            content with { Posts = [content.Posts[0]] },
            content with { Posts = [content.Posts[1], content.Posts[0]] },
            content with { Posts = [content.Posts[0], content.Posts[1], Numbered(3)] },
        ];

        string[] keys = [.. others.Prepend(content).Select(c => Letters.Compose(c).MessageKey)];

        Assert.Distinct(keys);
        Assert.Equal(keys[0], Letters.Compose(content with { Newsletter = Letters.Newsletter with { Title = "Renamed" }, Slot = Letters.Slot.AddDays(1) }).MessageKey);
    }

    [Fact]
    public void APostThatHoldsAMarkOfAnEarlierMailForgesNone()
    {
        ComposedVariant earlier = Compose(Plain);
        string mark = PersonalMarks.Of(earlier.Seal, PersonalPlace.UnsubscribeUrl);

        ComposedVariant mail = Compose($"---\ntitle: {mark}\n---\n[leave]({mark}) {mark}\n");

        Assert.NotEqual(earlier.Seal, mail.Seal);
        Assert.Equal(1, PersonalMarks.Count(mail.Html, mail.Seal, PersonalPlace.UnsubscribeUrl));
        Assert.Equal(1, PersonalMarks.Count(mail.Text, mail.Seal, PersonalPlace.UnsubscribeUrl));
        Assert.Contains(mark, mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkupInTitlesNamesAndTextIsShownAsText()
    {
        ComposedVariant mail = Letters.Compose(Letters.Content(Cadence.EachPost, Letters.Post("---\ntitle: <script>x</script>\nauthor: <b>&A\n---\n<script>alert(1)</script>ok\n")) with
        {
            Newsletter = Letters.Newsletter with { Title = "</style><script>y</script>", PostalAddress = "<i>\nStreet" },
        });

        Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<i>", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;i&gt; Street", mail.Html, StringComparison.Ordinal);
        Assert.Contains("<b>&A", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLinkIsAbsolute()
    {
        ComposedVariant mail = Compose("---\ntitle: A\n---\n[a](/b) [c](d) [e](#f) ![g](h.png) <a href=\"../i\">j</a> <img src=\"k.png\">\n");
        using AngleSharp.Html.Dom.IHtmlDocument page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.Html);

        string[] targets = [.. page.QuerySelectorAll("[href], [src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!)];

        Assert.True(targets.Length > 8);
        Assert.All(targets, t => Assert.True(t == PersonalMarks.Of(mail.Seal, PersonalPlace.UnsubscribeUrl) || SiteUrls.IsSafe(t), t));
    }

    [Fact]
    public void ATemplateWithoutAWayToLeaveIsRefused() =>
        Assert.Contains("a newsletter needs a way to leave it", Broken("frame.txt", text => text.Replace("{{ unsubscribe_url }}", "", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void AFilterOnAPersonalPlaceIsRefused() =>
        Assert.Contains("filter", Broken("frame.html", text => text.Replace("{{ subscriber.address }}", "{{ subscriber.address | upcase }}", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void ATemplateThatLoopsWithoutEndIsRefused() =>
        Assert.Contains("mail/post.html", Broken("post.html", text => text + "{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}"), StringComparison.Ordinal);

    private static string Broken(string template, Func<string, string> change)
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(Path.Join(folder.Path, "mail"));
        string shipped = Path.Join(AppContext.BaseDirectory, "templates");
        string text = File.ReadAllText(Path.Join(shipped, "mail", template));
        Assert.NotEqual(text, change(text));
        File.WriteAllText(Path.Join(folder.Path, "mail", template), change(text));
        TemplateSet templates = new([folder.Path, shipped]);
        return Assert.Throws<DataFormatException>(() => Letters.Compose(Letters.Content(Cadence.EachPost, Letters.Post(Plain)), templates)).Message;
    }

    private static ComposedVariant Compose(string post) => Letters.Compose(Letters.Content(Cadence.EachPost, Letters.Post(post)));

    private static (Post Post, RenderedPost Rendered) Numbered(int number) =>
        Letters.Post($"---\ntitle: Post {number}\n---\nExcerpt {number}.\n\nBody {number}.\n", $"2026-03-01-post-{number}.md");
}
