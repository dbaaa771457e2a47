using System.Collections.Immutable;

namespace Syndication.Site;

/// <summary>One file's share of a configuration.</summary>
/// <param name="Source">The file, relative to the site, with forward slashes.</param>
/// <param name="Map">What it says.</param>
internal sealed record ConfigurationLayer(string Source, DataMap Map)
{
    /// <summary>Reads a file; null, and one problem, where it cannot be read.</summary>
    /// <param name="folder">The site's folder.</param>
    /// <param name="file">The file, absolute.</param>
    /// <param name="kind">Hugo's keys have no case, and most files of its config folder hold what belongs under their own name.</param>
    /// <param name="severity">What it costs when the file is broken.</param>
    /// <param name="problems">Gets the problem.</param>
    public static ConfigurationLayer? Read(string folder, string file, SiteKind kind, Severity severity, List<Problem> problems)
    {
        string source = SitePaths.Relative(folder, file);
        try
        {
            DataMap map = ConfigurationFile.Read(file, ignoreCase: kind == SiteKind.Hugo);
            string name = Path.GetFileNameWithoutExtension(file);
            bool isShare = kind == SiteKind.Hugo && source.Contains('/', StringComparison.Ordinal) && name is not ("hugo" or "config");
            return new ConfigurationLayer(source, isShare ? new DataMap(true, [(name, map, 0)]) : map);
        }
        catch (DataFormatException e)
        {
            problems.Add(new Problem(severity, source, e.Line, e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(severity, source, null, $"the file cannot be read: {e.Message}"));
        }

        return null;
    }

    /// <summary>All layers as one mapping; a later one wins, key by key at every depth.</summary>
    public static DataMap Merge(ImmutableArray<ConfigurationLayer> layers, bool ignoreCase) => layers.Length switch
    {
        0 => DataMap.Empty,
        1 => layers[0].Map,
        _ => layers.Select(l => l.Map).Aggregate((under, over) => Merge(under, over, ignoreCase)),
    };

    private static DataMap Merge(DataMap under, DataMap over, bool ignoreCase) => new(
        ignoreCase,
        under.Select(e => (e.Key, e.Value, under.LineOf(e.Key) ?? 0)).Concat(over.Select(e => (
            e.Key,
            e.Value is DataMap above && under.Get(e.Key) is DataMap below ? Merge(below, above, ignoreCase) : e.Value,
            over.LineOf(e.Key) ?? 0))));
}
