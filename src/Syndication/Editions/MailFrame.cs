using System.Collections.Immutable;
using Syndication.Site;
using Syndication.Templating;

namespace Syndication.Editions;

/// <summary>
/// Puts the content of any mail, an edition's or a notice's, into the frame that all mails share. A mail named mail/post has the
/// templates mail/post.html and mail/post.txt. For any number of threads, as <see cref="TemplateSet.Render"/> is.
/// </summary>
internal sealed class MailFrame(TemplateSet templates)
{
    private const string Frame = "mail/frame";

    private readonly CssInliner _inliner = new();

    /// <summary>The templates of these mails, and the frame's.</summary>
    public static ImmutableArray<string> TemplatesOf(params IEnumerable<string> mails) =>
        [.. mails.Prepend(Frame).SelectMany(mail => (string[])[mail + ".html", mail + ".txt"])];

    /// <summary>The mail as a page with its styles inlined.</summary>
    /// <exception cref="DataFormatException">A template cannot be rendered, or spoils a personal mark.</exception>
    public string Html(string mail, string seal, IReadOnlyDictionary<string, object?> model) =>
        Checked(mail, ".html", seal, _inliner.Inline(Framed(mail, ".html", model)));

    /// <summary>The mail as plain text, in lines that are not too long.</summary>
    /// <exception cref="DataFormatException">As for the page.</exception>
    public string Text(string mail, string seal, IReadOnlyDictionary<string, object?> model) =>
        Checked(mail, ".txt", seal, TextWrap.Of(Framed(mail, ".txt", model)));

    private string Framed(string mail, string kind, IReadOnlyDictionary<string, object?> model)
    {
        string content = templates.Render(mail + kind, model);
        return templates.Render(Frame + kind, new Dictionary<string, object?>(model) { ["content"] = content });
    }

    /// <summary>A filter such as upcase makes a mark unreadable: somebody would see it.</summary>
    private static string Checked(string mail, string kind, string seal, string text)
    {
        int marks = Enum.GetValues<PersonalPlace>().Sum(place => PersonalMarks.Count(text, seal, place));
        int all = (text.Length - text.Replace(seal, "", StringComparison.OrdinalIgnoreCase).Length) / seal.Length;
        return marks == all ? text : throw new DataFormatException(
            null, $"the template {mail}{kind} or {Frame}{kind} puts a filter on an address or name of the subscriber; these are filled in after the template");
    }
}
