namespace Syndication.Feeds;

/// <summary>Files of one folder by name, and which others could not lie there with them.</summary>
/// <param name="comparer">Whether case tells names apart.</param>
internal sealed class ReservedNames(StringComparer comparer)
{
    private readonly HashSet<string> _files = new(comparer);
    private readonly HashSet<string> _folders = new(comparer);

    public ReservedNames(StringComparer comparer, IEnumerable<string> names)
        : this(comparer)
    {
        foreach (string name in names)
        {
            Add(name);
        }
    }

    /// <summary>Takes a name; it may be there already.</summary>
    public void Add(string name)
    {
        _files.Add(name);
        foreach (string folder in FoldersOf(name))
        {
            _folders.Add(folder);
        }
    }

    /// <summary>Whether a file of this name has that of another, or would have to be a folder or a file where another is the other.</summary>
    public bool Clashes(string name) => _files.Contains(name) || _folders.Contains(name) || FoldersOf(name).Any(_files.Contains);

    private static IEnumerable<string> FoldersOf(string name)
    {
        for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            yield return name[..slash];
        }
    }
}
