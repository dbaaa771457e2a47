using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>
/// Where the links and images of one post lead: absolute, of a scheme that is safe to show, and which files of the site they
/// name. One for each rendering; not for several threads.
/// </summary>
internal sealed class LinkTargets
{
    /// <summary>Longest data: image that is kept, in characters.</summary>
    private const int LongestDataImage = 100_000;

    private readonly BodyReads _reads;
    private readonly SiteDefinition _definition;
    private readonly string _site;
    private readonly string _folder;
    private readonly SortedSet<string> _localFiles = new(StringComparer.Ordinal);

    public LinkTargets(Post post, SiteDefinition site, BodyReads reads)
    {
        _reads = reads;
        _definition = site;
        _site = site.Url.AbsoluteUri;
        Page = UrlText.Escape(_site + post.Permalink.TrimStart('/'));
        _folder = post.Path[..(post.Path.LastIndexOf('/') + 1)];
    }

    /// <summary>The absolute address of the post's page.</summary>
    public string Page { get; }

    /// <summary>Files named so far, relative to the site's root; whether they exist is not asked.</summary>
    public ImmutableArray<string> LocalFiles => [.. _localFiles];

    /// <summary>The absolute target of a link, or null where it may not be shown.</summary>
    public string? Link(string? target) => string.IsNullOrWhiteSpace(target) ? null : Absolute(target, isImage: false);

    /// <summary>The absolute address of an image, or null where it may not be shown.</summary>
    public string? Image(string? target) => string.IsNullOrWhiteSpace(target) ? null : Absolute(target, isImage: true);

    private string? Absolute(string target, bool isImage)
    {
        string address = UrlText.Clean(target);
        string? scheme = UrlText.Scheme(address);
        if (scheme is not null)
        {
            return scheme switch
            {
                "http" or "https" => OfAnySite(address),
                _ when !isImage && UrlText.LinkSchemes.Contains(scheme) => UrlText.Escape(address),
                "data" when isImage && IsSmallImage(address) => address,
                _ => null,
            };
        }

        if (address.StartsWith("//", StringComparison.Ordinal))
        {
            return UrlText.Escape(UrlText.Resolve(Page, address));
        }

        (string path, string suffix) = UrlText.SplitSuffix(address);
        if (path.Length == 0)
        {
            return UrlText.Escape(Page + suffix);
        }

        string? file = path[0] == '/' ? FileOf(path, _definition.Url.AbsolutePath) : FileBelow(_folder, path);
        Note(file);
        if (_definition.Kind == SiteKind.Bare && path[0] != '/' && file is not null)
        {
            if (_reads.PostAt(file) is Post other)
            {
                return UrlText.Escape(_site + other.Permalink.TrimStart('/') + suffix);
            }

            if (_definition.ServesPages && System.IO.Path.GetExtension(file).Length > 0)
            {
                return _site + string.Join('/', file.Split('/').Select(Uri.EscapeDataString)) + UrlText.Escape(suffix);
            }
        }

        return UrlText.Escape(UrlText.Resolve(Page, address));
    }

    private string OfAnySite(string address)
    {
        if (address.StartsWith(_site, StringComparison.OrdinalIgnoreCase))
        {
            Note(FileBelow("", UrlText.SplitSuffix(address[_site.Length..]).Path));
        }

        return UrlText.Escape(address);
    }

    private void Note(string? file)
    {
        if (file is not null)
        {
            _localFiles.Add(file);
        }
    }

    private static string? FileOf(string path, string prefix) =>
        FileBelow("", path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path.TrimStart('/'));

    /// <summary>The file that a relative path names from this folder, or null where it is none or lies outside of the root.</summary>
    private static string? FileBelow(string folder, string path)
    {
        string decoded = Uri.UnescapeDataString(path);
        if (decoded.Length == 0 || decoded[^1] == '/' || decoded.Contains('\\', StringComparison.Ordinal) || decoded.Any(char.IsControl))
        {
            return null;
        }

        List<string> parts = [];
        foreach (string part in (folder + decoded).Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? null : string.Join('/', parts);
    }

    private static bool IsSmallImage(string address) =>
        address.Length <= LongestDataImage
        && address.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)
        && !address.AsSpan("data:image/".Length).StartsWith("svg", StringComparison.OrdinalIgnoreCase);
}
