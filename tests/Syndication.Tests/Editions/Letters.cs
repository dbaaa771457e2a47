using System.Collections.Immutable;
using System.Text;
using Syndication.Content;
using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Subscribers;
using Syndication.Templating;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Editions;

/// <summary>A site, a newsletter and a reader, and mails made with the templates that are shipped.</summary>
internal static class Letters
{
    public static DateTimeOffset Slot { get; } = new(2026, 3, 9, 8, 0, 0, TimeSpan.FromHours(1));

    public static SiteDefinition Blog { get; } = Sites.Bare("Europe/Berlin") with { Title = "Blog", Language = "en" };

    public static Newsletter Newsletter { get; } = new()
    {
        Name = "posts",
        Title = "Notes from the harbour",
        From = "letters@example.org",
        FromName = "Ada at the harbour",
        PostalAddress = "Harbour Street 1, 20457 Hamburg",
        QuietPeriod = TimeSpan.Zero,
        NewsWithin = TimeSpan.FromDays(14),
        DailyCron = "",
        WeeklyCron = "",
        MonthlyCron = "",
    };

    public static Subscriber Reader { get; } = new(
        1, Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301"), "grace@example.net", "Grace Höpper", null, SubscriberStatus.Active, DateTimeOffset.UnixEpoch);

    public static Uri Leave { get; } = new("https://blog.example.org/unsubscribe/c2lnbmVkLXRva2Vu?a=1&b=2");

    private static readonly TemplateSet Shipped = Read(new([Path.Join(AppContext.BaseDirectory, "templates")]));

    public static (Post Post, RenderedPost Rendered) Post(string text, string path = "2026-03-01-first.md")
    {
        Post post = Blog.Post(path, text);
        post = post with { Id = post.DerivedId };
        return (post, new PostRenderer().Render(post, new PostCatalog(Blog, [post])));
    }

    public static EditionContent Content(Cadence cadence, params (Post, RenderedPost)[] posts) => new()
    {
        Site = Blog,
        Newsletter = Newsletter,
        Cadence = cadence,
        Key = "2026-03-09",
        Slot = Slot,
        Posts = [.. posts],
    };

    public static ComposedVariant Compose(EditionContent content, TemplateSet? templates = null) =>
        new EditionComposer(templates is null ? Shipped : Read(templates)).Compose(content);

    /// <summary>The mail of a post, as it goes to the reader.</summary>
    public static byte[] Mail(string post) => Mail(Compose(Content(Cadence.EachPost, Post(post))));

    public static byte[] Mail(ComposedVariant variant, Newsletter? newsletter = null, Subscriber? reader = null, MailKind kind = MailKind.Edition) =>
        MailComposer.Prepare(variant, Blog, newsletter ?? Newsletter, Slot, kind).To(reader ?? Reader, Leave).Message.ToArray();

    private static TemplateSet Read(TemplateSet templates)
    {
        Assert.Empty(new EditionComposer(templates).RefreshTemplates());
        return templates;
    }

    public static ImmutableArray<string> Lines(byte[] mail) => [.. Encoding.Latin1.GetString(mail).Split("\r\n")];
}
