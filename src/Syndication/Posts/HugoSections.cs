using System.Collections.Concurrent;
using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>What the sections above a Hugo page say to it.</summary>
/// <param name="Defaults">Values for keys that the page does not have.</param>
/// <param name="Digest">The same for the same defaults; empty without any.</param>
/// <param name="IsDraft">One of the sections is a draft: nothing in it is shown.</param>
/// <param name="ShownFrom">Instant before which one of the sections is not shown.</param>
/// <param name="Expires">Instant from which one of the sections is no longer shown.</param>
internal sealed record HugoInheritance(
    DataMap Defaults, string Digest, bool IsDraft, DateTimeOffset? ShownFrom, DateTimeOffset? Expires);

/// <summary>
/// The sections of a Hugo site by their own pages (_index.md), and what they hand down: the nearer one wins, and the site's
/// configuration is the farthest. Safe for any number of threads.
/// </summary>
internal sealed class HugoSections
{
    private readonly HugoSettings _settings;
    private readonly PostDates _dates;
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<(string Language, string Folder), Section> _sections = [];
    private readonly Dictionary<string, ImmutableArray<HugoCascade>> _ofSite = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<DefaultsKey, (DataMap Defaults, string Digest)> _merged = new();

    public HugoSections(SiteDefinition site, HugoSettings settings, PostDates dates, HugoPaths paths, IEnumerable<FileRead> files)
    {
        _settings = settings;
        _dates = dates;
        DataMap languages = site.Configuration.Get("languages") as DataMap ?? DataMap.Empty;
        foreach (string language in settings.Languages.Keys)
        {
            object? own = (languages.Get(language) as DataMap)?.Get("cascade");
            _ofSite[language] = [.. HugoCascade.ReadAll(own ?? site.Configuration.Get("cascade"))];
        }

        // A section is read when all above it are.
        foreach ((FileRead file, HugoPath place) in files
            .Select(file => (file, paths.ReadSection(file.Path)!))
            .OrderBy(s => s.Item2.Folders.Length).ThenBy(s => s.file.Path, StringComparer.Ordinal))
        {
            _sections.TryAdd((LanguageOf(place), string.Join('/', place.Folders)), Read(file, place));
        }
    }

    /// <summary>What is wrong with the sections' files.</summary>
    public ImmutableArray<Problem> Problems => [.. _problems];

    public HugoInheritance For(HugoPath page)
    {
        Section[] above = [.. Above(page)];
        (DataMap defaults, string digest) = Defaults(above, page, "page");
        return new HugoInheritance(
            defaults,
            digest,
            above.Any(s => s.IsDraft),
            above.Max(s => s.ShownFrom),
            above.Min(s => s.Expires));
    }

    /// <summary>The folders of the section that a page is in: a folder is one when it has a page of its own, or is at the top.</summary>
    public string[] FoldersOf(HugoPath page)
    {
        int depth = page.Folders.Length;
        while (depth > 1 && Find(page, depth) is null)
        {
            depth--;
        }

        return page.Folders[..depth];
    }

    /// <summary>The slug, else the title, else the folder, of each section that a page is in, the outermost first.</summary>
    public string[] SlugsOf(HugoPath page) => [.. Enumerable.Range(1, page.Folders.Length)
        .Select(depth => Find(page, depth) is Section section ? section.Slug ?? page.Folders[depth - 1] : depth == 1 ? page.Folders[0] : null)
        .OfType<string>()];

    /// <summary>The sections that a file lies in, its own first.</summary>
    private IEnumerable<Section> Above(HugoPath place) =>
        Enumerable.Range(0, place.Folders.Length + 1).Reverse().Select(depth => Find(place, depth)).OfType<Section>();

    private Section? Find(HugoPath place, int depth) =>
        _sections.GetValueOrDefault((LanguageOf(place), string.Join('/', place.Folders[..depth])));

    private (DataMap Defaults, string Digest) Defaults(IEnumerable<Section> above, HugoPath place, string kind)
    {
        HugoCascade[] applying =
            [.. above.SelectMany(s => s.Cascades).Concat(_ofSite[LanguageOf(place)]).Where(c => c.AppliesTo(place, kind, LanguageOf(place)))];
        return applying.Length == 0 ? (DataMap.Empty, "") : _merged.GetOrAdd(new DefaultsKey(applying), key =>
        {
            DataMap defaults = key.Cascades.Aggregate(DataMap.Empty, (nearer, farther) => HugoCascade.Merge(farther.Values, nearer));
            return (defaults, PostHash.OfMap(defaults));
        });
    }

    /// <summary>A section's own page; what it hands down holds for itself too.</summary>
    private Section Read(FileRead file, HugoPath place)
    {
        List<Problem> problems = [];
        if (MapOf(file, problems) is not FrontMatter frontMatter)
        {
            _problems.AddRange(problems.Select(p => p with { Severity = Severity.Warning }));
            return new Section([]);
        }

        Section own = new([.. HugoCascade.ReadAll(frontMatter.Map.Get("cascade"))]);
        string kind = place.Folders.Length == 0 ? "home" : "section";
        DataMap defaults = Defaults(Above(place).Prepend(own), place, kind).Defaults;
        PostFields fields = new(
            new PostFile
            {
                Path = file.Path,
                FrontMatter = frontMatter,
                UndatedAs = DateTimeOffset.UnixEpoch,
                Fingerprint = "",
                CacheKey = "",
                Problems = problems,
            },
            HugoCascade.Merge(defaults, frontMatter.Map),
            _dates,
            SiteKind.Hugo);
        HugoDates dates = HugoDates.Read(fields, _settings, _dates, named: null);
        bool isDraft = HugoPosts.VisibilityOf(fields) == PostVisibility.Draft;
        string? slug = fields.FilledText("slug") ?? fields.FilledText("title");
        _problems.AddRange(problems.Select(p => p with { Severity = Severity.Warning }));
        return own with
        {
            Slug = slug,
            IsDraft = isDraft,
            ShownFrom = dates.Published,
            Expires = dates.Expires,
        };
    }

    private static FrontMatter? MapOf(FileRead file, List<Problem> problems)
    {
        if (file.Bytes is null)
        {
            problems.Add(Problem.Warning(file.Path, null, $"cannot be read: {file.Failure}"));
            return null;
        }

        try
        {
            return PostText.Decode(file.Path, file.Bytes, problems) is string text ? FrontMatterParser.Parse(text, SiteKind.Hugo) : null;
        }
        catch (DataFormatException e)
        {
            problems.Add(Problem.Warning(file.Path, e.Line, e.Message));
            return null;
        }
    }

    private string LanguageOf(HugoPath place) => place.Language ?? _settings.DefaultLanguage;

    private sealed record Section(ImmutableArray<HugoCascade> Cascades)
    {
        /// <summary>Its slug, else its title.</summary>
        public string? Slug { get; init; }

        public bool IsDraft { get; init; }

        public DateTimeOffset? ShownFrom { get; init; }

        public DateTimeOffset? Expires { get; init; }
    }

    /// <summary>The same cascades in the same order.</summary>
    private readonly struct DefaultsKey(HugoCascade[] cascades) : IEquatable<DefaultsKey>
    {
        public HugoCascade[] Cascades => cascades;

        public bool Equals(DefaultsKey other) => cascades.AsSpan().SequenceEqual(other.Cascades);

        public override bool Equals(object? obj) => obj is DefaultsKey other && Equals(other);

        public override int GetHashCode() => cascades.Aggregate(0, HashCode.Combine);
    }
}
