using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Templating;

namespace Syndication.Editions;

/// <summary>
/// Composes a variant once for all who get it: one post in full, or a digest of posts and corrections. The same content and templates give the same text.
/// For any number of threads but for <see cref="RefreshTemplates"/>.
/// </summary>
internal sealed class EditionComposer(TemplateSet templates)
{
    /// <summary>Posts, and as many corrections, in a digest; a link leads to the others.</summary>
    public const int MostInDigest = 20;

    /// <summary>
    /// Most bytes of a page: Gmail shows no more than 102 kB of a mail, and with the end the way to unsubscribe would be gone. What
    /// personal places take beyond their marks is left free.
    /// </summary>
    public const int MostHtml = 100_000;

    private const string PostMail = "mail/post";
    private const string DigestMail = "mail/digest";

    /// <summary>Most characters of a post's plain text, to be about as short as the page.</summary>
    private const int MostText = 100_000;

    private readonly MailFrame _frame = new(templates);

    /// <summary>Changes when a template does.</summary>
    public string TemplatesVersion => string.Concat(Templates.Select(templates.VersionOf));

    private static ImmutableArray<string> Templates { get; } = MailFrame.TemplatesOf(PostMail, DigestMail);

    /// <summary>Reads templates that are new or changed; see <see cref="TemplateSet.Refresh"/>.</summary>
    public ImmutableArray<Problem> RefreshTemplates() => templates.Refresh(Templates);

    /// <summary>As <see cref="RefreshTemplates"/>; new ones with which the samples cannot be composed leave the last good ones in place.</summary>
    public ImmutableArray<Problem> RefreshAndTry(Func<ImmutableArray<EditionContent>> samples) => templates.RefreshAndTry(Templates, () => Try(samples()));

    /// <summary>What is wrong with the templates, as composing shows it: each fault once.</summary>
    public ImmutableArray<Problem> Try(ImmutableArray<EditionContent> samples)
    {
        List<Problem> problems = [];
        foreach (EditionContent sample in samples)
        {
            try
            {
                Compose(sample);
            }
            catch (DataFormatException e)
            {
                problems.Add(Problem.Error(sample.Cadence == Cadence.EachPost ? PostMail : DigestMail, null, e.Message));
            }
        }

        return [.. problems.DistinctBy(p => p.What)];
    }

    /// <summary>Composes a variant.</summary>
    /// <exception cref="DataFormatException">A template cannot be rendered, or has no way to unsubscribe.</exception>
    public ComposedVariant Compose(EditionContent content) => content is { Cadence: Cadence.EachPost, Posts.Length: 1, Corrections.IsEmpty: true } ? OnePost(content) : Digest(content);

    private ComposedVariant OnePost(EditionContent content)
    {
        (Post post, RenderedPost rendered) = content.Posts[0];
        Dictionary<string, object?> entry = MailModel.Of(content.Site, post, rendered);
        string text = rendered.Text.Length <= MostText ? rendered.Text : rendered.Text[..Math.Max(0, rendered.Text.LastIndexOf("\n\n", MostText, StringComparison.Ordinal))];
        entry["text"] = text;
        entry["text_is_cut"] = text.Length < rendered.Text.Length;
        Dictionary<string, object?> model = MailModel.Of(
            content.Site,
            content.Newsletter,
            Said(post, "subject") ?? TitleText.Of(post.Title),
            Said(post, "preview") ?? MailModel.ExcerptOf(post, rendered));
        model["post"] = entry;
        model["browser_url"] = entry["url"];
        int all = Encoding.UTF8.GetByteCount(rendered.Html);
        return Composed(content, PostMail, model, all, most =>
        {
            string html = most == all ? rendered.Html : HtmlCut.First(rendered.Html, most);
            bool isGone = html.Length == 0 && all > 0;
            entry["html"] = isGone ? $"<p>{WebUtility.HtmlEncode(MailModel.ExcerptOf(post, rendered))}</p>" : html;
            entry["is_cut"] = most < all;
        });
    }

    private ComposedVariant Digest(EditionContent content)
    {
        List<object?> entries = [.. content.Posts.Take(MostInDigest).Select(p => MailModel.Of(content.Site, p.Post, p.Rendered))];
        (string subject, string preheader) = content.Posts.IsEmpty ? HeadOfCorrections(content) : HeadOfPosts(content);
        Dictionary<string, object?> model = MailModel.Of(content.Site, content.Newsletter, subject, preheader);
        model["digest"] = new Dictionary<string, object?>
        {
            ["title"] = content.Cadence != Cadence.EachPost ? $"{content.Cadence} digest" : content.Posts.IsEmpty ? "Correction" : "New posts",
            ["date"] = TimeZoneInfo.ConvertTime(content.Slot, content.Site.TimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        List<object?> corrections = [.. content.Corrections.Take(MostInDigest).Select(c => MailModel.Of(content.Site, c.Post, c.Correction))];
        return Composed(content, DigestMail, model, corrections.Count + entries.Count, most =>
        {
            int first = Math.Min(most, corrections.Count);
            model["corrections"] = corrections[..first];
            model["posts"] = entries[..(most - first)];
            model["more"] = content.Corrections.Length + content.Posts.Length - most;
        });
    }

    private static (string Subject, string Preheader) HeadOfPosts(EditionContent content)
    {
        string[] titles = [.. content.Posts.Take(MostInDigest).Select(p => MailModel.TitleOf(p.Post))];
        int others = content.Posts.Length - 1;
        return (
            $"{content.Newsletter.Title}: {titles[0]}{More(others)}",
            others > 0 ? string.Join(" · ", titles[1..]) : MailModel.ExcerptOf(content.Posts[0].Post, content.Posts[0].Rendered));
    }

    private static (string Subject, string Preheader) HeadOfCorrections(EditionContent content) => (
        $"Correction: {MailModel.TitleOf(content.Corrections[0].Post)}{More(content.Corrections.Length - 1)}", content.Corrections[0].Correction.Text);

    private static string More(int others) => others > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {others} more") : "";

    /// <summary>Front matter of a post that is about its mail.</summary>
    private static string? Said(Post post, string key) => post.FrontMatter.Get(key) is string text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Renders with as much as fits.</summary>
    /// <param name="content">What is composed.</param>
    /// <param name="mail">The name of the mail's templates.</param>
    /// <param name="model">What the templates may show.</param>
    /// <param name="all">How much there is: bytes of a post, or entries of a digest.</param>
    /// <param name="show">Puts so much of it into the model.</param>
    private ComposedVariant Composed(EditionContent content, string mail, Dictionary<string, object?> model, int all, Action<int> show)
    {
        show(all);
        string key = KeyOf(content);
        string seal = PersonalMarks.SealOf(key, model);
        model["unsubscribe_url"] = PersonalMarks.Of(seal, PersonalPlace.UnsubscribeUrl);
        model["subscriber"] = new Dictionary<string, object?>
        {
            ["address"] = PersonalMarks.Of(seal, PersonalPlace.Address),
            ["name"] = PersonalMarks.Of(seal, PersonalPlace.Name),
        };
        string html = Fitting(all, most =>
        {
            show(most);
            return _frame.Html(mail, seal, model);
        });
        string text = _frame.Text(mail, seal, model);
        foreach ((string part, string kind) in ((string, string)[])[(html, ".html"), (text, ".txt")])
        {
            if (PersonalMarks.Count(part, seal, PersonalPlace.UnsubscribeUrl) == 0)
            {
                throw new DataFormatException(null, $"neither {mail}{kind} nor mail/frame{kind} shows unsubscribe_url: a newsletter needs a way to leave it");
            }
        }

        return new ComposedVariant
        {
            MessageKey = key,
            Seal = seal,
            Subject = (string)model["subject"]!,
            Preheader = (string)model["preheader"]!,
            Html = html,
            Text = text,
        };
    }

    /// <summary>The page with the most that keeps it below <see cref="MostHtml"/>; with nothing of it when even that is too much.</summary>
    private static string Fitting(int all, Func<int, string> render)
    {
        // Styles only add to a page: what is too much without them is not rendered to be thrown away.
        if (all <= MostHtml && render(all) is string page && Fits(page))
        {
            return page;
        }

        // A post need not be cut to the byte; a digest of a few posts is cut to the post.
        int near = Math.Max(1, all / 256);
        int fits = 0;
        int tooMuch = Math.Min(all, MostHtml);
        while (tooMuch - fits > near)
        {
            int middle = fits + (tooMuch - fits) / 2;
            (fits, tooMuch) = Fits(render(middle)) ? (middle, tooMuch) : (fits, middle);
        }

        return render(fits);
    }

    private static bool Fits(string page) => Encoding.UTF8.GetByteCount(page) <= MostHtml;

    private static string KeyOf(EditionContent content)
    {
        string[] parts =
        [
            content.Site.Url.AbsoluteUri, content.Newsletter.Name, content.Cadence.ToString(), content.Key, .. content.Posts.Select(p => p.Post.Id),
            .. content.Corrections.SelectMany(c => (string[])[c.Post.Id, c.Correction.Note]),
        ];
        byte[] joined = Encoding.UTF8.GetBytes(string.Concat(parts.Select(p => $"{p.Length}:{p}")));
        return Convert.ToHexStringLower(SHA256.HashData(joined).AsSpan(0, 16));
    }
}
