using System.Collections.Immutable;

namespace Syndication.Site;

/// <summary>Reads a site's folder and configuration: settings overrule the generator, which overrules defaults.</summary>
internal static class SiteReader
{
    private static readonly ImmutableArray<string> AuthorEndings = [".yml", ".yaml", ".json"];

    public static SiteReading Read(SiteRequest asked)
    {
        SiteRequest request = asked with { Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(asked.Folder)) };
        List<Problem> problems = [];
        SiteDefinition? site = null;
        if (Missing(request.Folder) is string missing)
        {
            problems.Add(request.FolderOrigin.Error(missing, "an existing folder"));
            if (request.PostsFolder is string posts && Missing(posts) is string also)
            {
                problems.Add((request.PostsFolderOrigin ?? request.FolderOrigin).Error(also, "an existing folder of the site"));
            }
        }
        else
        {
            try
            {
                site = Read(request, SiteDetection.Of(request.Folder), problems);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(request.FolderOrigin.Error($"the folder '{request.Folder}' cannot be read: {e.Message}"));
            }
        }

        return new SiteReading(problems.Any(p => p.Severity == Severity.Error) ? null : site, [.. problems]);
    }

    private static SiteDefinition? Read(SiteRequest request, SiteDetection found, List<Problem> problems)
    {
        ImmutableArray<ConfigurationLayer> layers =
        [
            .. found.Files
                .Select(f => ConfigurationLayer.Read(request.Folder, f, found.Kind, Severity.Error, problems))
                .OfType<ConfigurationLayer>(),
        ];
        if (problems.Count > 0)
        {
            // Half a configuration would only be wrong in more places.
            return null;
        }

        ConfigurationValues values = new(layers, problems);
        string? authorsFile = found.Kind == SiteKind.Jekyll ? AuthorsFile(request.Folder, values) : null;
        ImmutableDictionary<string, Author> authors = Authors(request.Folder, authorsFile, problems);
        GeneratorConfiguration generator = found.Kind switch
        {
            SiteKind.Jekyll => JekyllConfiguration.Read(values, request.Options, authors),
            SiteKind.Hugo => HugoConfiguration.Read(values, request.Options, request.Folder),
            _ => new GeneratorConfiguration(),
        };

        string root = Named(request.Folder, generator.Source, "source", values) ?? request.Folder;
        string postsKey = found.Kind == SiteKind.Hugo ? "contentDir" : "collections_dir";
        string? posts = request.PostsFolder is string own
            ? Own(own, root, request.PostsFolderOrigin ?? request.FolderOrigin, problems)
            : found.PostsFolder ?? Named(root, generator.PostsFolder, postsKey, values);
        SiteDefinition site = Defined(request, found.Kind, generator) with
        {
            Root = root,
            PostsFolder = posts ?? root,
            Configuration = ConfigurationLayer.Merge(layers, found.Kind == SiteKind.Hugo),
            ReadFrom = authorsFile is null ? found.Files : found.Files.Add(authorsFile),
        };
        return site with
        {
            Author = site.Author is null ? null : AuthorReader.WithAbsoluteUrl(site.Author, site.Url),
            Authors = authors.ToImmutableDictionary(a => a.Key, a => AuthorReader.WithAbsoluteUrl(a.Value, site.Url)),
        };
    }

    /// <summary>What wins where several say something. Decides only; folders are the caller's.</summary>
    private static SiteDefinition Defined(SiteRequest request, SiteKind kind, GeneratorConfiguration generator)
    {
        SiteOptions options = request.Options;
        Uri? said = options.Url is null ? generator.Url : SiteUrls.Root(options.Url);
        Uri root = said ?? request.ListenUrl;
        TimeZoneInfo? zone = options.TimeZone is null ? generator.TimeZone : TimeZones.Find(options.TimeZone);
        return new SiteDefinition
        {
            Kind = kind,
            Root = request.Folder,
            PostsFolder = request.Folder,
            Url = generator.BaseUrl is string prefix ? SiteUrls.Root(SiteUrls.Absolute(root, prefix)) ?? root : root,
            HasUrl = said is not null,
            ServesPages = options.Pages ?? (kind == SiteKind.Bare && said is null),
            Title = options.Title ?? generator.Title ?? FolderTitle.Of(request.Folder),
            Description = options.Description ?? generator.Description,
            Language = options.Language ?? generator.Language,
            Author = options.Author is string name ? new Author(name) : generator.Author,
            TimeZone = zone ?? (kind == SiteKind.Hugo ? TimeZoneInfo.Utc : request.SystemZone),
            Permalink = options.Permalink ?? generator.Permalink,
            PermalinksBySection = generator.PermalinksBySection,
            PermalinksByLanguage = generator.PermalinksByLanguage,
            Mounts = generator.Mounts,
            IgnoredFiles = generator.IgnoredFiles,
            ShowFuture = request.Future ?? generator.ShowFuture ?? false,
            ShowDrafts = request.Drafts ?? generator.ShowDrafts ?? false,
            ShowUnpublished = generator.ShowUnpublished ?? false,
            ExcerptSeparator = generator.ExcerptSeparator,
            FeedLimit = generator.FeedLimit,
            FeedPath = generator.FeedPath,
            ExcerptOnly = generator.ExcerptOnly ?? false,
        };
    }

    private static string? AuthorsFile(string folder, ConfigurationValues values)
    {
        string data = Path.Combine(values.Raw("source") as string ?? "", values.Raw("data_dir") as string ?? "_data");
        return SitePaths.Below(folder, data) is string path
            ? AuthorEndings.Select(e => Path.Combine(path, "authors" + e)).FirstOrDefault(File.Exists)
            : null;
    }

    private static ImmutableDictionary<string, Author> Authors(string folder, string? file, List<Problem> problems)
    {
        ConfigurationLayer? layer = file is null
            ? null
            : ConfigurationLayer.Read(folder, file, SiteKind.Jekyll, Severity.Warning, problems);
        return AuthorReader.All(new ConfigurationValues(layer is null ? [] : [layer], problems));
    }

    /// <summary>A folder that the configuration names; null where it names none, or, with an error, none that is there.</summary>
    private static string? Named(string root, string? folder, string key, ConfigurationValues values) =>
        folder is null ? null
        : SitePaths.Below(root, folder) is string path && Directory.Exists(path) ? path
        : values.Wrong<string>(key, "an existing folder of the site", Severity.Error, folder);

    /// <summary>The posts folder that a setting names; null, with an error, where it is none of the site's.</summary>
    private static string? Own(string posts, string root, SettingOrigin origin, List<Problem> problems)
    {
        string? path = SitePaths.Below(root, posts);
        string? wrong = Missing(posts) ?? (path is null ? $"'{posts}' is not below the site's folder '{root}'" : null);
        if (wrong is not null)
        {
            problems.Add(origin.Error(wrong, "an existing folder of the site"));
        }

        return path;
    }

    private static string? Missing(string folder) =>
        Directory.Exists(folder) ? null
        : File.Exists(folder) ? $"'{folder}' is a file"
        : $"there is no folder '{folder}'";
}
