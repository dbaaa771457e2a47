using System.Globalization;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Which feeds there are, what they hold and where they are written.</summary>
internal sealed class FeedOptions : IValidatedOptions
{
    public const int MaxLimit = 100_000;

    /// <summary>How many topics of a kind have feeds unless it is said that they shall.</summary>
    public const int MostUnasked = 200;

    public static readonly string LimitBound = string.Create(CultureInfo.InvariantCulture, $"0 to {MaxLimit}; 0 is all");

    /// <summary>Items per feed, 0 to 100,000, 0 = all; null = as the generator's configuration says, else 10 in a Jekyll site and 20 elsewhere.</summary>
    public int? Limit { get; set; }

    /// <summary>Feeds have the excerpts of posts alone; null = as the generator's configuration says.</summary>
    public bool? ExcerptOnly { get; set; }

    /// <summary>
    /// How the feed of the site, and those of languages, are divided into pages with all posts where they show not all: year, month or
    /// off; see <see cref="FeedArchives"/>. A thousand feeds of topics would have tens of thousands of pages: they have them by <see cref="Each"/>.
    /// </summary>
    public string Archives { get; set; } = FeedArchives.Year;

    /// <summary>Feeds of categories: on, off, or their path (<see cref="FeedPath"/>); null = see <see cref="FeedRule"/>. So are the next four.</summary>
    public string? Categories { get; set; }

    public string? Tags { get; set; }

    public string? Authors { get; set; }

    public string? Languages { get; set; }

    public string? Sections { get; set; }

    /// <summary>Feeds that have something otherwise.</summary>
    public List<FeedOverride> Each { get; set; } = [];

    /// <summary>Feeds that were elsewhere: who asks there is sent on for good.</summary>
    public List<FeedMove> Moved { get; set; } = [];

    /// <summary>Paths of feeds that are no more, with semicolons between them.</summary>
    public string? Retired { get; set; }

    /// <summary>Whether beside each text in the output folder lie its gzip and brotli forms.</summary>
    public bool Compressed { get; set; }

    /// <summary>The folder that feeds and pages are written to (--output); null = public/ in the data folder.</summary>
    public string? Output { get; set; }

    /// <summary>The paths of <see cref="Retired"/>.</summary>
    public IEnumerable<string> RetiredPaths => (Retired ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public string? SettingOf(FeedKind kind) => kind switch
    {
        FeedKind.Category => Categories,
        FeedKind.Tag => Tags,
        FeedKind.Author => Authors,
        FeedKind.Language => Languages,
        FeedKind.Section => Sections,
        _ => null,
    };

    /// <summary>The name of the setting of a kind.</summary>
    public static string NameOf(FeedKind kind) => kind switch
    {
        FeedKind.Category => nameof(Categories),
        FeedKind.Tag => nameof(Tags),
        FeedKind.Author => nameof(Authors),
        FeedKind.Language => nameof(Languages),
        _ => nameof(Sections),
    };

    public IEnumerable<InvalidOption> Invalid()
    {
        if (Limit is < 0 or > MaxLimit)
        {
            yield return new InvalidOption(nameof(Limit), LimitBound);
        }

        if (!FeedArchives.IsSetting(Archives))
        {
            yield return new InvalidOption(nameof(Archives), FeedArchives.Expected);
        }

        if (RetiredPaths.Any(path => path[0] != '/'))
        {
            yield return new InvalidOption(nameof(Retired), "paths such as /rss.xml; /comments/feed/");
        }

        foreach (FeedKind kind in Enum.GetValues<FeedKind>())
        {
            if (SettingOf(kind) is string said && !FeedPath.IsTemplate(said) && !said.Equals(FeedRule.On, StringComparison.OrdinalIgnoreCase)
                && !said.Equals(FeedRule.Off, StringComparison.OrdinalIgnoreCase))
            {
                yield return new InvalidOption(NameOf(kind), ExpectedOf(kind));
            }
        }
    }

    /// <summary>What the setting of a kind may be.</summary>
    public static string ExpectedOf(FeedKind kind) => $"on, off, or a path such as /feed/{kind.ToString().ToLowerInvariant()}/{FeedPath.Mark}.xml";
}
