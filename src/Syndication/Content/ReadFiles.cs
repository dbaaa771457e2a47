using System.Globalization;
using Syndication.Posts;

namespace Syndication.Content;

/// <summary>Tells when files that bodies read have changed, and looks into them only when their times or sizes say so. One thread at a time.</summary>
internal sealed class ReadFiles
{
    private readonly Dictionary<BodyRead, string> _stamps = [];

    /// <param name="reads">What was read, and was found then.</param>
    /// <param name="catalog">The site.</param>
    public bool HaveChanged(IEnumerable<BodyRead> reads, PostCatalog catalog)
    {
        Surroundings now = new(catalog);
        BodyRead[] files = [.. reads.Where(read => read.Kind is ReadKind.File or ReadKind.Folder).Distinct()];
        foreach (BodyRead gone in _stamps.Keys.Except(files).ToArray())
        {
            _stamps.Remove(gone);
        }

        foreach (BodyRead read in files)
        {
            // The stamp first: what is written between the two looks is found by the next one.
            string stamp = Stamp(Path.Combine(catalog.Site.Root, read.Name));
            if (_stamps.GetValueOrDefault(read) != stamp && now.Digest(read.Kind, read.Name) != read.Digest)
            {
                return true;
            }

            _stamps[read] = stamp;
        }

        return false;
    }

    private static string Stamp(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? string.Join('\n', Surroundings.FilesBelow(path).Select(StampOf))
                : StampOf(new FileInfo(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }

    private static string StampOf(FileInfo file) => file.Exists
        ? string.Create(CultureInfo.InvariantCulture, $"{file.FullName}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}")
        : file.FullName;
}
