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

    /// <summary>The names of all files that belong to the feeds, or to the output folder itself.</summary>
    public IEnumerable<string> Names => All.SelectMany(feed => feed.Names).Concat([PageNames.Of(Outline.Path), PageNames.Landing, OutputFolder.ListName]);

    public static FeedPlan Of(PostCatalog catalog, FeedOptions options)
    {
        SiteDefinition site = catalog.Site;
        List<Problem> problems = [];
        ImmutableArray<Post> posts = [.. catalog.Published.Where(post => post.IsInFeeds)];
        ImmutableArray<Problem> refused = [.. posts.Select(FeedBuilder.Refuse).OfType<Problem>()];
        posts = refused.IsEmpty ? posts : [.. posts.Where(post => FeedBuilder.Refuse(post) is null)];
        problems.AddRange(refused);
        if (FeedDefinition.ProblemOf(site) is Problem path)
        {
            problems.Add(path);
        }

        PlannedFeed own = Feed(site, options, FeedKind.Site, "", FeedDefinition.Of(site), posts);
        ImmutableArray<PlannedFeed> topics = [.. Kinds.SelectMany(kind => Groups(site, kind, options, posts, problems))];
        FeedPlan plan = new(own, Placed(site, own, topics, options, problems), []);
        problems.AddRange(options.Each.Where(each => !plan.All.Any(feed => feed.IsAt(each.Path!)))
            .Select(each => Problem.Warning("Feeds:Each", null, $"there is no feed {each.Path}", $"the path of one, such as {own.Formats[0].Path}")));
        return plan with { Problems = [.. problems] };
    }

    /// <summary>The topics of a kind with all their posts; their place is not yet looked at.</summary>
    private static IEnumerable<PlannedFeed> Groups(SiteDefinition site, FeedKind kind, FeedOptions options, ImmutableArray<Post> posts, List<Problem> problems)
    {
        FeedRule rule = FeedRule.Of(site, kind, options);
        if (rule.IsWanted == false)
        {
            return [];
        }

        Dictionary<string, (string Name, List<Post> Posts)> groups = new(site.Kind == SiteKind.Jekyll && kind != FeedKind.Language ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        foreach (Post post in posts)
        {
            foreach (string label in LabelsOf(site, kind, post))
            {
                List<Post> group = groups.TryGetValue(label, out (string Name, List<Post> Posts) known) ? known.Posts : [];
                groups[label] = (label, group);
                if (group.Count == 0 || !ReferenceEquals(group[^1], post))
                {
                    group.Add(post);
                }
            }
        }

        string[] names = [.. (rule.Only.IsDefault ? (IEnumerable<string>)groups.Keys : rule.Only).Except(rule.Except).Where(name => XmlText.CleanLine(name).Length > 0).Distinct(groups.Comparer)];
        if (rule.IsWanted is null && names.Length > FeedOptions.MostUnasked)
        {
            problems.Add(Problem.Warning($"Feeds:{FeedOptions.NameOf(kind)}", null,
                string.Create(CultureInfo.InvariantCulture, $"is not set, and of {names.Length} {FeedOptions.NameOf(kind).ToLowerInvariant()}, more than {FeedOptions.MostUnasked}, none has a feed of its own"),
                FeedOptions.ExpectedOf(kind)));
            return [];
        }

        HugoSettings? hugo = site.Kind == SiteKind.Hugo ? new(site) : null;

        // Where all posts are by one author, or in one language, the feed would be the site's again.
        return names.Length < 2 && kind is FeedKind.Author or FeedKind.Language ? [] : names.Order(StringComparer.Ordinal).Select(name =>
        {
            (string shown, List<Post> found) = groups.GetValueOrDefault(name, (name, []));
            string slug = FeedPath.SlugOf(site, hugo, kind, shown, isExact: !rule.Only.IsDefault);
            return Feed(site, options, kind, XmlText.CleanLine(shown), FeedPath.Formats(site.Kind, FeedPath.Of(rule.Template, slug)), [.. found]);
        });
    }

    private static IEnumerable<string> LabelsOf(SiteDefinition site, FeedKind kind, Post post) => kind switch
    {
        FeedKind.Category => post.Categories,
        FeedKind.Tag => post.Tags,
        FeedKind.Author => post.Authors.IsEmpty ? site.Author is Author author ? [author.Name] : [] : post.Authors.Select(a => a.Name),
        FeedKind.Language => (post.Language ?? site.Language) is string language && LanguageTag.IsWellFormed(language) ? [language] : [],
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

            placed[topic] = Overridden(site, feed, options);
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
        int at = path.LastIndexOf(FeedPath.IsIndex(path) ? '/' : '.');
        return Feed(site, options, topic.Kind, topic.Name, FeedPath.Formats(site.Kind, $"{path[..at]}-{hash}{path[at..]}"), topic.Posts);
    }

    private static PlannedFeed Feed(
        SiteDefinition site, FeedOptions options, FeedKind kind, string name, ImmutableArray<FeedDefinition> formats, ImmutableArray<Post> posts)
    {
        string title = FeedBuilder.TitleOf(site);
        bool isSite = kind == FeedKind.Site;
        Uri address = SiteUrls.Absolute(site, formats[0].Path);
        bool isPage = !isSite && site.Kind == SiteKind.Hugo && FeedPath.IsIndex(formats[0].Path);
        PlannedFeed feed = new()
        {
            Kind = kind,
            Name = name,
            Formats = formats,
            Id = (isSite && site.Kind != SiteKind.Jekyll ? site.Url : address).AbsoluteUri,
            Title = isSite ? title : $"{title}: {name}",
            Description = XmlText.CleanLine(site.Description ?? "") is { Length: > 0 } description ? description : isSite ? title : $"{title}: {name}",
            Home = isPage ? new Uri(address, ".") : site.Url,
            Language = kind == FeedKind.Language ? name : site.Language,
            ExcerptOnly = options.ExcerptOnly ?? site.ExcerptOnly,
            Posts = posts,
        };
        return isSite ? Overridden(site, feed, options) : feed;
    }

    private static PlannedFeed Overridden(SiteDefinition site, PlannedFeed feed, FeedOptions options)
    {
        FeedOverride? own = options.Each.Find(each => feed.IsAt(each.Path!));
        int limit = own?.Limit ?? FeedDefinition.LimitOf(site, options);
        return feed with
        {
            Title = XmlText.CleanLine(own?.Title ?? "") is { Length: > 0 } title ? title : feed.Title,
            Description = XmlText.CleanLine(own?.Description ?? "") is { Length: > 0 } description ? description : feed.Description,
            ExcerptOnly = own?.ExcerptOnly ?? feed.ExcerptOnly,
            Posts = limit == 0 || feed.Posts.Length <= limit ? feed.Posts : feed.Posts[..limit],
        };
    }
}
