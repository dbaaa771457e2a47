using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syndication.Content.Hugo;
using Syndication.Content.Liquid;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>A file of the site that bodies read.</summary>
/// <param name="Text">With line feeds.</param>
/// <param name="Digest">Of its bytes.</param>
internal sealed record SiteFile(string Text, string Digest);

/// <summary>
/// What lies around the posts at one moment: the catalog, and files of the site, each looked at once, so that all posts of a moment
/// see the same. For any number of threads.
/// </summary>
internal sealed class Surroundings(PostCatalog catalog)
{
    /// <summary>What stands for a thing that is not there.</summary>
    private const string None = "-";
    private const int MaxBytes = 1_000_000;

    private readonly ConcurrentDictionary<(ReadKind Kind, string Name), string> _digests = new();
    private readonly ConcurrentDictionary<string, SiteFile?> _files = new(StringComparer.Ordinal);

    public PostCatalog Catalog => catalog;

    /// <summary>The same digest means that whoever reads it gets the same: of a post all that it says, of files their content.</summary>
    public string Digest(ReadKind kind, string name) => _digests.GetOrAdd((kind, name), key => key.Kind switch
    {
        ReadKind.AllPosts => Hash(string.Join('\n', catalog.Published.Select(Of))),
        ReadKind.File => File(key.Name)?.Digest ?? None,
        ReadKind.Folder => FolderDigest(key.Name),
        _ => Find(key.Kind, key.Name) is Post post ? Hash(Of(post)) : None,
    });

    /// <summary>The published post that a name means.</summary>
    public Post? Find(ReadKind kind, string name) => kind switch
    {
        ReadKind.PostAt => catalog.Find(name),
        ReadKind.PostNamed => PostNames.Of(catalog).Find(name),
        ReadKind.PageNamed => PagePaths.Of(catalog).Find(name),
        _ => null,
    };

    /// <summary>A file by its path below the site's root; null where there is none that may be read: it lies outside, or is too large.</summary>
    public SiteFile? File(string path) => _files.GetOrAdd(path, Read);

    /// <summary>All files in a folder and the folders in it; links are not followed.</summary>
    public static IEnumerable<FileInfo> FilesBelow(string folder) => new DirectoryInfo(folder).EnumerateFiles(
        "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint });

    private SiteFile? Read(string path)
    {
        try
        {
            string root = Path.GetFullPath(catalog.Site.Root);
            string full = Path.GetFullPath(Path.Combine(root, path));
            FileInfo file = new(full);
            string real = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
            string inside = root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            if (!full.StartsWith(inside, StringComparison.Ordinal) || !real.StartsWith(inside, StringComparison.Ordinal)
                || LeadsOut(file.Directory, root, inside) || !file.Exists || file.Length > MaxBytes)
            {
                return null;
            }

            byte[] bytes = System.IO.File.ReadAllBytes(full);
            using StreamReader reader = new(new MemoryStream(bytes), Encoding.UTF8);
            return new SiteFile(reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal), Hash(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether a folder on the way to a file is a link to somewhere outside of the site.</summary>
    private static bool LeadsOut(DirectoryInfo? folder, string root, string inside)
    {
        for (; folder is not null && folder.FullName.Length > root.Length; folder = folder.Parent)
        {
            if (folder.ResolveLinkTarget(returnFinalTarget: true) is FileSystemInfo target && !target.FullName.StartsWith(inside, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names and content of all files in a folder; what cannot be read counts as its name.</summary>
    private string FolderDigest(string path)
    {
        if (SitePaths.Below(catalog.Site.Root, path) is not string folder || !Directory.Exists(folder))
        {
            return None;
        }

        StringBuilder content = new();
        foreach (FileInfo file in FilesBelow(folder).OrderBy(f => f.FullName, StringComparer.Ordinal))
        {
            content.Append(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file.FullName)}\0{ContentDigest(file)}\n");
        }

        return Hash(content.ToString());
    }

    private static string ContentDigest(FileInfo file)
    {
        try
        {
            // A file without bytes may be a pipe, and opening that could wait for ever.
            using FileStream? stream = file.Length > 0 ? file.OpenRead() : null;
            return stream is null ? "" : Hex(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>Everything that a body can ask another post for.</summary>
    private static string Of(Post post) => $"{post.Path}\0{post.CacheKey}\0{post.Permalink}\0{post.Date:O}";

    private static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    private static string Hash(ReadOnlySpan<byte> bytes) => Hex(SHA256.HashData(bytes));

    private static string Hex(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash[..16]);
}
