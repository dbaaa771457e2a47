using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace Syndication.Content;

/// <summary>
/// Makes HTML that somebody wrote safe: parsed into a tree, links made absolute, players made links, and everything that is not
/// on the allow-list taken out. Holds no state of a post; for any number of threads.
/// </summary>
internal sealed class HtmlCleaner
{
    private readonly HtmlSanitizer _sanitizer = new(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string>(SafeMarkup.Tags, StringComparer.OrdinalIgnoreCase),
        AllowedAttributes = new HashSet<string>(SafeMarkup.Attributes, StringComparer.OrdinalIgnoreCase),
        AllowedCssProperties = new HashSet<string>(StyleFilter.Properties, StringComparer.OrdinalIgnoreCase),
        AllowedSchemes = new HashSet<string>([.. UrlText.LinkSchemes, "data"], StringComparer.OrdinalIgnoreCase),
        UriAttributes = new HashSet<string>(["href", "src", "cite"], StringComparer.OrdinalIgnoreCase),
    })
    {
        KeepChildNodes = true,
    };

    /// <summary>The cleaned HTML; its text goes to the layout. HTML that is too deeply nested to be parsed is shown as its text.</summary>
    public string Clean(string html, LinkTargets targets, HtmlText text, out bool tooDeep)
    {
        string? tame = HtmlSource.Tame(html);
        tooDeep = tame is null;
        if (tame is null)
        {
            string bare = WithoutTags(html);
            text.WriteParagraph(bare);
            return $"<p>{System.Net.WebUtility.HtmlEncode(bare)}</p>\n";
        }

        using IHtmlDocument document = _sanitizer.HtmlParserFactory().ParseDocument("<!doctype html><html><body>" + tame);
        IHtmlElement body = document.Body!;
        foreach (IElement element in body.QuerySelectorAll("*").ToList())
        {
            Prepare(document, element, targets);
        }

        _sanitizer.SanitizeDom(document, body);
        text.Write(body);
        using StringWriter cleaned = new();
        body.ChildNodes.ToHtml(cleaned, _sanitizer.OutputFormatter);
        return cleaned.ToString();
    }

    private static void Prepare(IHtmlDocument document, IElement element, LinkTargets targets)
    {
        string name = element.LocalName;
        if (SafeMarkup.Players.Contains(name))
        {
            Replace(document, element, targets);
        }
        else if (SafeMarkup.RemovedWhole.Contains(name) || name == "input" && element.GetAttribute("type") != "checkbox")
        {
            element.Remove();
        }
        else
        {
            Set(element, "href", targets.Link);
            Set(element, "cite", targets.Link);
            Set(element, "src", targets.Image);
            if (element.GetAttribute("style") is string style)
            {
                SetOrRemove(element, "style", StyleFilter.Of(style) is { Length: > 0 } kept ? kept : null);
            }

            if (name == "img" && !element.HasAttribute("src"))
            {
                element.Replace(document.CreateTextNode(element.GetAttribute("alt") ?? ""));
            }
        }
    }

    private static void Set(IElement element, string attribute, Func<string?, string?> target)
    {
        if (element.GetAttribute(attribute) is string written)
        {
            SetOrRemove(element, attribute, target(written));
        }
    }

    private static void SetOrRemove(IElement element, string attribute, string? value)
    {
        if (value is null)
        {
            element.RemoveAttribute(attribute);
        }
        else
        {
            element.SetAttribute(attribute, value);
        }
    }

    private static void Replace(IHtmlDocument document, IElement player, LinkTargets targets)
    {
        string? source = player.GetAttribute("src") ?? player.GetAttribute("data") ?? player.QuerySelector("source[src]")?.GetAttribute("src");
        string? url = string.IsNullOrWhiteSpace(source) ? null : targets.Link(source);
        if (url is null)
        {
            player.Remove();
            return;
        }

        (string page, string? thumbnail) = ElsewhereLink.Of(url);
        string words = player.GetAttribute("title") is { Length: > 0 } title ? title : page;
        IElement link = document.CreateElement("a");
        link.SetAttribute("href", page);
        if (thumbnail is null)
        {
            link.TextContent = words;
        }
        else
        {
            IElement picture = document.CreateElement("img");
            picture.SetAttribute("src", thumbnail);
            picture.SetAttribute("alt", words);
            link.AppendChild(picture);
        }

        bool standsAlone = player.ParentElement is IHtmlBodyElement or IHtmlDivElement or { LocalName: "figure" or "section" or "center" };
        if (standsAlone)
        {
            IElement paragraph = document.CreateElement("p");
            paragraph.AppendChild(link);
            player.Replace(paragraph);
        }
        else
        {
            player.Replace(link);
        }
    }

    private static string WithoutTags(string html)
    {
        System.Text.StringBuilder text = new();
        TagScanner scanner = new(html);
        int from = 0;
        while (scanner.Next(out Tag tag))
        {
            text.Append(html, from, tag.Start - from).Append(' ');
            from = tag.End;
        }

        return System.Net.WebUtility.HtmlDecode(text.Append(html, from, html.Length - from).ToString());
    }
}
