using System.Collections.Immutable;
using System.Globalization;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Feeds;

/// <summary>Which feeds there are and which posts are in each, decided before anything is rendered. Pure.</summary>
/// <param name="Site">The feed of the whole site.</param>
/// <param name="Topics">All others, by kind and name.</param>
/// <param name="Problems">Posts that can be in no feed, and feeds that are not as they were meant.</param>
internal sealed record FeedPlan(PlannedFeed Site, ImmutableArray<PlannedFeed> Topics, ImmutableArray<Problem> Problems)
{
    public static readonly FeedDefinition Outline = new("/feeds.opml", FeedFormat.Opml);

    private static readonly ImmutableArray<FeedKind> Kinds = [FeedKind.Category, FeedKind.Tag, FeedKind.Author, FeedKind.Language, FeedKind.Section];

    public IEnumerable<PlannedFeed> All => Topics.Prepend(Site);

    /// <summary>The pages with older posts, of all feeds that have such.</summary>
    public IEnumerable<PlannedFeed> Archives => All.SelectMany(feed => feed.Archives);

    /// <summary>The names of all files that belong to the feeds, or to the output folder itself.</summary>
    public IEnumerable<string> Names => All.Concat(Archives).SelectMany(feed => feed.Names).Concat([PageNames.Of(Outline.Path), PageNames.Landing, OutputFolder.ListName]);

    public static FeedPlan Of(PostCatalog catalog, FeedOptions options)
    {
        SiteDefinition site = catalog.Site;
        List<Problem> problems = [];
        ImmutableArray<Post> posts = [.. catalog.Published.Where(post => post.IsInFeeds)];
        ImmutableArray<Problem> refused = [.. posts.Select(FeedBuilder.Refuse).OfType<Problem>()];
        posts = FeedOrder.Of(site.Kind, refused.IsEmpty ? posts : [.. posts.Where(post => FeedBuilder.Refuse(post) is null)]);
        problems.AddRange(refused);
        problems.AddRange(FeedRule.NotKept(site));
        if (FeedDefinition.ProblemOf(site) is Problem path)
        {
            problems.Add(path);
        }

        FeedLanguages languages = new(site);
        PlannedFeed own = Feed(site, options, FeedKind.Site, "", languages.Main, FeedDefinition.Of(site), languages.OfSite(posts));
        ImmutableArray<PlannedFeed> topics = [.. Kinds.SelectMany(kind => Groups(site, kind, options, languages, posts, problems))];
        FeedPlan plan = new(own, Placed(site, own, topics, options, problems), []);
        problems.AddRange(options.Each.Where(each => !plan.All.Any(feed => feed.IsAt(each.Path!)))
            .Select(each => Problem.Warning("Feeds:Each", null, $"there is no feed {each.Path}", $"the path of one, such as {own.Formats[0].Path}")));
        return plan with { Problems = [.. problems] };
    }

    /// <summary>The topics of a kind with all their posts; their place is not yet looked at.</summary>
    private static IEnumerable<PlannedFeed> Groups(
        SiteDefinition site, FeedKind kind, FeedOptions options, FeedLanguages languages, ImmutableArray<Post> posts, List<Problem> problems)
    {
        FeedRule rule = FeedRule.Of(site, kind, options);
        if (rule.IsWanted == false)
        {
            return [];
        }

        StringComparer comparer = site.Kind == SiteKind.Jekyll && kind != FeedKind.Language ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        Dictionary<FeedLanguage, Dictionary<string, (string Name, List<Post> Posts)>> groups = new() { [languages.Main] = new(comparer) };
        foreach (Post post in posts)
        {
            FeedLanguage language = languages.Of(post);
            if (!groups.TryGetValue(language, out Dictionary<string, (string Name, List<Post> Posts)>? named))
            {
                groups[language] = named = new(comparer);
            }

            foreach (string label in LabelsOf(site, kind, languages, post))
            {
                List<Post> group = named.TryGetValue(label, out (string Name, List<Post> Posts) known) ? known.Posts : [];
                named[label] = (label, group);
                if (group.Count == 0 || !ReferenceEquals(group[^1], post))
                {
                    group.Add(post);
                }
            }
        }

        (FeedLanguage Language, string Name)[] names =
        [
            .. groups.OrderBy(group => group.Key.Folder, StringComparer.Ordinal).SelectMany(group => (rule.Only.IsDefault ? (IEnumerable<string>)group.Value.Keys : rule.Only)
                .Except(rule.Except).Where(name => XmlText.CleanLine(name).Length > 0).Distinct(comparer).Order(StringComparer.Ordinal).Select(name => (group.Key, name))),
        ];
        if (rule.IsWanted is null && names.Length > FeedOptions.MostUnasked)
        {
            problems.Add(Problem.Warning($"Feeds:{FeedOptions.NameOf(kind)}", null,
                string.Create(CultureInfo.InvariantCulture, $"is not set, and of {names.Length} {FeedOptions.NameOf(kind).ToLowerInvariant()}, more than {FeedOptions.MostUnasked}, none has a feed of its own"),
                FeedOptions.ExpectedOf(kind)));
            return [];
        }

        // Where all posts are by one author, or in one language, the feed would be the site's again.
        if (names.Length < 2 && kind is FeedKind.Author or FeedKind.Language)
        {
            return [];
        }

        HugoSettings? hugo = site.Kind == SiteKind.Hugo ? new(site) : null;
        bool isSites = kind == FeedKind.Language && languages.AreApart;
        return names.Where(name => !isSites || name.Language.Folder.Length > 0).Select(name =>
        {
            (string shown, List<Post> found) = groups[name.Language].GetValueOrDefault(name.Name, (name.Name, []));
            string slug = FeedPath.SlugOf(site, hugo, kind, shown, isExact: !rule.Only.IsDefault);
            string path = (isSites ? "" : name.Language.Folder) + FeedPath.Of(rule.Template, slug);
            return Feed(site, options, kind, XmlText.CleanLine(shown), name.Language, FeedPath.Formats(site, path), [.. found]);
        });
    }

    private static IEnumerable<string> LabelsOf(SiteDefinition site, FeedKind kind, FeedLanguages languages, Post post) => kind switch
    {
        FeedKind.Category => post.Categories,
        FeedKind.Tag => post.Tags,
        FeedKind.Author => post.Authors.IsEmpty ? site.Author is Author author ? [author.Name] : [] : post.Authors.Select(a => a.Name),
        FeedKind.Language => languages.KeyOf(post) is string language && LanguageTag.IsWellFormed(language) ? [language] : [],
        FeedKind.Section => post.Section is string section ? [section] : [],
        _ => throw new InvalidOperationException($"no rule for {kind}"),
    };

    /// <summary>
    /// Gives each topic a place of its own. Of those whose names come out as one address the one with the oldest post has it, so that a
    /// new topic takes no reader's feed; the others get a few letters of their own.
    /// </summary>
    private static ImmutableArray<PlannedFeed> Placed(
        SiteDefinition site, PlannedFeed own, ImmutableArray<PlannedFeed> topics, FeedOptions options, List<Problem> problems)
    {
        FeedPlan alone = new(own, [], []);
        ReservedNames taken = new(site.Kind == SiteKind.Jekyll ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase, alone.Names);
        Dictionary<PlannedFeed, PlannedFeed> placed = new(ReferenceEqualityComparer.Instance);
        List<PlannedFeed> moved = [];
        foreach (PlannedFeed topic in topics.OrderBy(topic => topic.Posts.IsEmpty ? DateTimeOffset.MaxValue : topic.Posts[^1].Date))
        {
            PlannedFeed feed = topic;
            if (feed.Names.Any(taken.Clashes))
            {
                feed = Moved(site, topic, options);
                moved.Add(feed);
            }

            foreach (string name in feed.Names)
            {
                taken.Add(name);
            }

            PlannedFeed whole = Overridden(site, feed, options);
            if (whole.Archives.SelectMany(page => page.Names).ToArray() is { Length: > 0 } pages)
            {
                // Where another feed has the name of a page, there are none.
                whole = pages.Any(taken.Clashes) ? whole with { Archives = [], History = null } : whole;
                Array.ForEach(whole.Archives.IsEmpty ? [] : pages, taken.Add);
            }

            placed[topic] = whole;
        }

        if (moved.Count > 0)
        {
            const int shown = 3;
            string list = string.Join(", ", moved.Take(shown).Select(feed => $"{feed.Kind.ToString().ToLowerInvariant()} '{feed.Name}' at {feed.Formats[0].Path}"));
            problems.Add(Problem.Warning("Feeds", null, string.Create(CultureInfo.InvariantCulture,
                $"the address of {moved.Count} of the feeds is another's, so that they have others: {list}{(moved.Count > shown ? ", …" : "")}"),
                "names and paths that come out as different addresses"));
        }

        return [.. topics.Select(topic => placed[topic])];
    }

    private static PlannedFeed Moved(SiteDefinition site, PlannedFeed topic, FeedOptions options)
    {
        string path = topic.Formats[0].Path;
        string hash = FeedPath.Hash($"{topic.Kind} {topic.Name}");
        int at = path.LastIndexOf(FeedPath.IsIndex(site, path) ? '/' : '.');
        return Feed(site, options, topic.Kind, topic.Name, topic.Language, FeedPath.Formats(site, $"{path[..at]}-{hash}{path[at..]}"), topic.Posts);
    }

    private static PlannedFeed Feed(
        SiteDefinition site, FeedOptions options, FeedKind kind, string name, FeedLanguage language, ImmutableArray<FeedDefinition> formats, ImmutableArray<Post> posts)
    {
        string title = FeedTitle.Of(site.Kind, kind, name, language);
        bool isSite = kind == FeedKind.Site;
        Uri address = SiteUrls.Absolute(site, formats[0].Path);
        bool isPage = !isSite && site.Kind == SiteKind.Hugo && FeedPath.IsIndex(site, formats[0].Path);
        PlannedFeed feed = new()
        {
            Kind = kind,
            Name = name,
            Language = kind == FeedKind.Language && language.Folder.Length == 0 ? language with { Tag = name } : language,
            Formats = formats,
            Id = (isSite && site.Kind != SiteKind.Jekyll ? site.Url : address).AbsoluteUri,
            Title = title,
            Description = XmlText.CleanLine(site.Description ?? "") is { Length: > 0 } description ? description : title,
            Home = isPage ? new Uri(address, ".") : site.Url,
            ExcerptOnly = options.ExcerptOnly ?? site.ExcerptOnly,
            Posts = posts,
        };
        return isSite ? Overridden(site, feed, options) : feed;
    }

    private static PlannedFeed Overridden(SiteDefinition site, PlannedFeed feed, FeedOptions options)
    {
        FeedOverride? own = options.Each.Find(each => feed.IsAt(each.Path!));
        int limit = own?.Limit ?? FeedDefinition.LimitOf(site, options);
        PlannedFeed shown = feed with
        {
            Title = XmlText.CleanLine(own?.Title ?? "") is { Length: > 0 } title ? title : feed.Title,
            Description = XmlText.CleanLine(own?.Description ?? "") is { Length: > 0 } description ? description : feed.Description,
            ExcerptOnly = own?.ExcerptOnly ?? feed.ExcerptOnly,
            Posts = limit == 0 || feed.Posts.Length <= limit ? feed.Posts : feed.Posts[..limit],
        };
        string archives = own?.Archives ?? (feed.Kind is FeedKind.Site or FeedKind.Language ? options.Archives : FeedRule.Off);
        return FeedArchives.With(shown, feed.Posts, archives);
    }
}
