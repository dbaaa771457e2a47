using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>A post's body as feeds, pages and mails show it. All links and image sources are absolute.</summary>
/// <param name="Html">Safe HTML of the whole body.</param>
/// <param name="Text">The whole body as plain text, from the same Markdown tree.</param>
/// <param name="ExcerptHtml">Safe HTML of the excerpt; empty when there is none.</param>
/// <param name="ExcerptText">The excerpt as plain text on one line; empty when there is none.</param>
/// <param name="LocalFiles">Files of the site that the body shows or links to, relative to the site's root, with forward slashes.</param>
/// <param name="Problems">What could not be rendered as it was meant, with lines of the post's file.</param>
internal sealed record RenderedPost(
    string Html,
    string Text,
    string ExcerptHtml,
    string ExcerptText,
    ImmutableArray<string> LocalFiles,
    ImmutableArray<Problem> Problems);
