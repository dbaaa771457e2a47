using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Templating;

namespace Syndication.Web;

/// <summary>What the page about leaving says.</summary>
internal enum UnsubscribeState
{
    /// <summary>Asks whether to leave; nothing has changed.</summary>
    Ask,

    Left,

    /// <summary>Asks whether to come back; nothing has changed.</summary>
    AskBack,

    Back,

    /// <summary>The link is not genuine, or is over.</summary>
    BadLink,

    /// <summary>The database does not answer.</summary>
    Later,
}

/// <summary>
/// Makes the page about leaving and coming back. It shows no address in full: who holds a link need not be the reader. Safe for any
/// number of threads.
/// </summary>
/// <param name="templates">Nobody else refreshes these.</param>
/// <param name="site">The site as it was when the program started.</param>
/// <param name="catalog">Where the site of the moment stands.</param>
/// <param name="newsletter">What the newsletter is called.</param>
internal sealed class UnsubscribePage(TemplateSet templates, SiteDefinition site, PostCatalogSource catalog, NewsletterOptions newsletter)
{
    public const string Template = "web/unsubscribe.html";

    private readonly Lock _refreshing = new();

    /// <summary>See <see cref="SitePrefix"/>.</summary>
    public string Prefix => Uri.UnescapeDataString(Site.Url.AbsolutePath).TrimEnd('/');

    private SiteDefinition Site => catalog.Current?.Site ?? site;

    /// <summary>Reads the template if it was written since; what is wrong with it is told once.</summary>
    public ImmutableArray<Problem> Refresh()
    {
        lock (_refreshing)
        {
            return templates.Refresh(Template);
        }
    }

    /// <param name="state">What to say.</param>
    /// <param name="masked">The address as it may be shown; empty where it is not known.</param>
    /// <param name="button">Where the page's button posts to, relative to the page; empty = to the page itself; null = no button.</param>
    /// <exception cref="DataFormatException">The template cannot be rendered.</exception>
    public string Render(UnsubscribeState state, string masked, string? button)
    {
        SiteDefinition now = Site;
        return templates.Render(Template, new Dictionary<string, object?>
        {
            ["site"] = new Dictionary<string, object?>
            {
                ["title"] = now.Title,
                ["url"] = now.Url.AbsoluteUri,
                ["language"] = now.Language ?? "en",
            },
            ["newsletter"] = newsletter.Title ?? now.Title,
            ["state"] = NameOf(state),
            ["address"] = masked,
            ["button"] = button,
        });
    }

    /// <summary>The same in a line of plain text, for when the template fails.</summary>
    public static string PlainText(UnsubscribeState state) => state switch
    {
        UnsubscribeState.Left => "You are unsubscribed.\n",
        UnsubscribeState.Back => "You are subscribed again.\n",
        UnsubscribeState.BadLink => "This link does not work.\n",
        UnsubscribeState.Ask or UnsubscribeState.AskBack or UnsubscribeState.Later => "This does not work at the moment; please try again later.\n",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static string NameOf(UnsubscribeState state) => state switch
    {
        UnsubscribeState.Ask => "ask",
        UnsubscribeState.Left => "left",
        UnsubscribeState.AskBack => "ask_back",
        UnsubscribeState.Back => "back",
        UnsubscribeState.BadLink => "bad_link",
        UnsubscribeState.Later => "later",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
