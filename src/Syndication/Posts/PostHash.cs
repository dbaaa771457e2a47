using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>The hashes that say whether two texts, or two renderings, are the same: 32 hexadecimal characters of SHA-256. Pure.</summary>
internal static class PostHash
{
    private const int Bytes = 16;

    /// <summary>Of a body without the white space around it; empty for an empty body.</summary>
    public static string OfBody(string body)
    {
        string trimmed = body.Trim();
        return trimmed.Length == 0 ? "" : Hex(SHA256.HashData(Encoding.UTF8.GetBytes(trimmed)));
    }

    /// <summary>Of all that decides how a file is read and rendered.</summary>
    /// <param name="context">Hash of the site and the renderer.</param>
    /// <param name="place">The path, which decides the permalink, and with it what relative links mean; and what the folders above say.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="undatedAs">The date given from outside, where the post has none of its own, else null.</param>
    public static string OfFile(byte[] context, string place, ReadOnlySpan<byte> bytes, DateTimeOffset? undatedAs)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(context);
        hash.AppendData(Encoding.UTF8.GetBytes($"{place}\0{undatedAs?.UtcTicks.ToString(CultureInfo.InvariantCulture)}\0"));
        hash.AppendData(bytes);
        return Hex(hash.GetHashAndReset());
    }

    /// <summary>Of all keys and values.</summary>
    public static string OfMap(DataMap map)
    {
        StringBuilder text = new();
        Write(text, map);
        return Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Of everything that the site says, wherever it lies on the disk, and of the renderer.</summary>
    public static byte[] OfContext(SiteDefinition site, string rendererVersion)
    {
        StringBuilder text = new();
        object?[] parts =
        [
            rendererVersion, site.Kind, site.Url.AbsoluteUri, site.Title, site.Description, site.Language, site.Author, site.TimeZone.Id,
            site.Permalink, site.ExcerptSeparator, site.ExcerptOnly, site.ServesPages, Path.GetRelativePath(site.Root, site.PostsFolder),
        ];
        foreach (object? part in parts)
        {
            Write(text, part);
        }

        Write(text, site.Configuration);
        foreach ((string key, string pattern) in site.PermalinksBySection.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            Write(text, key);
            Write(text, pattern);
        }

        foreach ((string key, Author author) in site.Authors.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            Write(text, key);
            Write(text, author);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Lengths and counts keep neighbouring values apart.</summary>
    private static void Write(StringBuilder text, object? value)
    {
        if (value is DataMap map)
        {
            text.Append(CultureInfo.InvariantCulture, $"m{map.Count}:");
            foreach ((string key, object? entry) in map)
            {
                Write(text, key);
                Write(text, entry);
            }
        }
        else if (value is IReadOnlyList<object?> list)
        {
            text.Append(CultureInfo.InvariantCulture, $"l{list.Count}:");
            foreach (object? item in list)
            {
                Write(text, item);
            }
        }
        else
        {
            string scalar = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{value?.GetType().Name}{scalar.Length}:{scalar}");
        }
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash, 0, Bytes);
}
