using System.Collections.Concurrent;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>
/// The front matter defaults of a Jekyll configuration: values for the posts of a path, a pattern or a type, of which the
/// narrower scope wins. Safe for any number of threads; what was merged once is kept.
/// </summary>
internal sealed class JekyllDefaults
{
    private readonly List<Set> _sets = [];
    private readonly ConcurrentDictionary<string, DataMap> _merged = new(StringComparer.Ordinal);

    /// <param name="defaults">The value of the key defaults.</param>
    /// <param name="collections">The collections folder with a slash at its end; paths in scopes may begin with it.</param>
    public JekyllDefaults(object? defaults, string collections)
    {
        foreach (DataMap entry in (defaults as IReadOnlyList<object?> ?? []).OfType<DataMap>())
        {
            if (entry.Get("values") is DataMap values)
            {
                DataMap scope = entry.Get("scope") as DataMap ?? DataMap.Empty;
                bool hasType = scope.ContainsKey("type");
                if (!hasType || scope.Get("type") is "posts" or "post")
                {
                    _sets.Add(new Set(scope.Get("path") as string ?? "", collections, hasType, values));
                }
            }
        }
    }

    /// <summary>The defaults for a post.</summary>
    /// <param name="path">Below the collections folder.</param>
    public DataMap For(string path)
    {
        if (_sets.Count == 0)
        {
            return DataMap.Empty;
        }

        Set[] matching = [.. _sets.Where(s => s.Applies(path))];
        string key = string.Join(',', matching.Select(s => _sets.IndexOf(s)));
        return _merged.GetOrAdd(key, _ => Merge(matching));
    }

    /// <summary>Both together: the second wins, but its nulls leave the first's values, and mappings are merged key by key.</summary>
    public static DataMap Merge(DataMap under, DataMap over)
    {
        if (under.Count == 0 || over.Count == 0)
        {
            return under.Count == 0 ? over : under;
        }

        List<(string Key, object? Value, int Line)> entries = [.. under.Select(e => (e.Key, e.Value, under.LineOf(e.Key) ?? 0))];
        foreach ((string key, object? value) in over)
        {
            object? below = under.Get(key);
            object? merged = below is DataMap lower && value is DataMap upper ? Merge(lower, upper) : value ?? below;
            entries.Add((key, merged, over.LineOf(key) ?? 0));
        }

        return new DataMap(false, entries);
    }

    private static DataMap Merge(Set[] matching)
    {
        DataMap merged = DataMap.Empty;
        Set? last = null;
        foreach (Set set in matching)
        {
            if (last is null || set.WinsOver(last))
            {
                merged = Merge(merged, set.Values);
                last = set;
            }
            else
            {
                merged = Merge(set.Values, merged);
            }
        }

        return merged;
    }

    private sealed class Set(string path, string collections, bool hasType, DataMap values)
    {
        private readonly string _path = path.TrimStart('/');
        private readonly string _prefix = WithoutCollections(path.TrimStart('/'), collections);

        private readonly PathPattern? _pattern = path.Contains('*', StringComparison.Ordinal)
            ? new PathPattern(path.Trim('/'), Wildcards.OfFolders)
            : null;

        public DataMap Values => values;

        public bool Applies(string file) => _pattern is null
            ? file.StartsWith(_prefix, StringComparison.Ordinal)
            : SitePaths.FoldersTo(file).Append(file).Any(p => _pattern.Matches(collections + p));

        public bool WinsOver(Set other) => _path.Length != other._path.Length
            ? _path.Length > other._path.Length
            : hasType || !other.HasType;

        private bool HasType => hasType;

        private static string WithoutCollections(string path, string collections) =>
            collections.Length > 0 && path.StartsWith(collections, StringComparison.Ordinal) ? path[collections.Length..] : path;
    }
}
