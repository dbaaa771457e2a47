using Syndication.Content;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Templating;
using Syndication.Transports;
using Syndication.WebSub;

namespace Syndication.Cli;

/// <summary>One call of the program with its settings: where each command gets the parts it works with.</summary>
internal sealed class Invocation(Terminal terminal, SettingsReading settings)
{
    public const string DefaultUrls = "http://localhost:5080";
    private const string DefaultPosts = "posts";
    private const string ConnectionKey = "Storage:Connection";

    public Terminal Terminal { get; } = terminal;

    public SettingsReading Settings { get; } = settings;

    public string Urls => Settings.Host["Urls"] ?? DefaultUrls;

    /// <summary>The storage options with an absolute data folder.</summary>
    public StorageOptions Storage
    {
        get
        {
            StorageOptions options = Settings.Get<StorageOptions>();
            options.Data = Path.GetFullPath(options.Data, Terminal.CurrentFolder);
            return options;
        }
    }

    public bool IsDataNamed => Settings.IsGiven("Storage:Data") || Settings.IsGiven("Storage:Connection");

    public string Output => Settings.Get<FeedOptions>().Output ?? Path.Join(Storage.Data, "public");

    public string Outbox => Settings.Get<MailOptions>().Outbox ?? Path.Join(Storage.Data, "outbox");

    /// <summary>Makes the newsletter of what is configured.</summary>
    public NewsletterRules Newsletters => new(Settings.Get<NewsletterOptions>(), Settings.Get<MailOptions>().Relays.IsEmpty);

    /// <summary>True when no folder was named and there is none: the posts are then the samples beside the program.</summary>
    public bool ShowsSamples { get; private set; }

    /// <exception cref="StorageException">As <see cref="Database.OpenAsync"/>; a connection string that is none is told with its source.</exception>
    public async Task<Database> OpenDatabaseAsync(DatabaseUse use, CancellationToken stop)
    {
        try
        {
            return await Database.OpenAsync(Storage, use, Terminal.Time, stop);
        }
        catch (StorageException e) when (e.Error == StorageError.Refused && Settings.IsGiven(ConnectionKey))
        {
            throw new StorageException(e.Error, Settings.OriginOf(ConnectionKey).Error(e.Message).ToString(), e);
        }
    }

    /// <summary>Whether the database may mail from here.</summary>
    public InstanceWatch Instance(Database database) => new(database, Storage.Data);

    /// <summary>Reads the site that the settings name. Its problems are printed; null when it cannot be used.</summary>
    /// <param name="containing">A file that is to lie in the site: where none is named, its folder is the site, unless it lies in posts/ here.</param>
    public PostLibrary? ReadSite(string? containing = null)
    {
        SiteRequest? request = Request(containing);
        if (request is null)
        {
            return null;
        }

        SiteReading reading = Read(request);
        Terminal.Print(reading.Problems);
        return reading.Site is null
            ? null
            : new PostLibrary(reading.Site, () => Read(request), Settings.Get<PostsOptions>(), PostRenderer.Version, Storage.Data, Output);
    }

    /// <summary>
    /// Tries the folder that was named for feeds and pages. Where nothing can be written to it, why is printed: it is the setting that is
    /// wrong, or what lies outside of us where the folder is there.
    /// </summary>
    /// <param name="isNeeded">False: one that is there may become writable later.</param>
    public int TryOutput(bool isNeeded)
    {
        if (Settings.Get<FeedOptions>().Output is null || OutputFolder.Obstacle(Output) is not string obstacle)
        {
            return ExitCodes.Done;
        }

        bool isThere = Directory.Exists(Output);
        if (isThere && !isNeeded)
        {
            return ExitCodes.Done;
        }

        Terminal.Print([Settings.OriginOf("Feeds:Output").Error(obstacle, "a folder, or a place for one")]);
        return isThere ? ExitCodes.OutsideFailed : ExitCodes.WrongSetting;
    }

    /// <summary>Prints what is wrong with the site that the settings name, for a run that wrong settings have ended already.</summary>
    public void TellOfNamedSite()
    {
        bool isNamed = Settings.IsGiven("Site:Folder") || Settings.IsGiven("Posts:Folder");
        if (isNamed && Request(containing: null) is SiteRequest request)
        {
            Terminal.Print(SiteReader.Read(request).Problems);
        }
    }

    /// <summary>
    /// What was made of the site's posts, kept in the data folder; in memory alone where that folder was not asked for and would lie in
    /// a site, which another generator reads.
    /// </summary>
    public RenderCache RenderCache(SiteDefinition site)
    {
        bool isAskedFor = IsDataNamed || Settings.Get<FeedOptions>().Output is null || SitePaths.Below(site.Root, Storage.Data) is null;
        return new RenderCache(isAskedFor ? Path.Join(Storage.Data, "cache") : null);
    }

    /// <summary>The templates of the site, over those beside the program.</summary>
    public TemplateSet Templates(SiteDefinition site) => new([Path.Join(site.Root, "templates"), Path.Join(Terminal.ProgramFolder, "templates")]);

    /// <summary>The site as its folder and the settings say.</summary>
    private SiteReading Read(SiteRequest request)
    {
        SiteReading reading = SiteReader.Read(request);
        return reading.Site is SiteDefinition site ? reading with { Site = site with { Hubs = Settings.Get<WebSubOptions>().HubsOf(site) } } : reading;
    }

    private SiteRequest? Request(string? containing)
    {
        SiteOptions site = Settings.Get<SiteOptions>();
        PostsOptions posts = Settings.Get<PostsOptions>();
        string? folder = site.Folder ?? posts.Folder ?? (containing is null || LiesInOwnPosts(containing) ? DefaultFolder() : Path.GetDirectoryName(containing));
        return folder is null ? null : new SiteRequest
        {
            Folder = Path.GetFullPath(folder, Terminal.CurrentFolder),
            FolderOrigin = Settings.OriginOf(site.Folder is null && posts.Folder is not null ? "Posts:Folder" : "Site:Folder"),
            PostsFolder = site.Folder is null || posts.Folder is null ? null : Path.GetFullPath(posts.Folder, Terminal.CurrentFolder),
            PostsFolderOrigin = Settings.OriginOf("Posts:Folder"),
            Options = site,
            Future = posts.Future,
            Drafts = posts.Drafts,
            ListenUrl = ListenUrl(),
            SystemZone = Terminal.Time.LocalTimeZone,
        };
    }

    private bool LiesInOwnPosts(string file) =>
        file.StartsWith(Path.Join(Terminal.CurrentFolder, DefaultPosts) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>posts/ where the caller is, else the samples; but a caller who stands in a site meant that.</summary>
    private string? DefaultFolder()
    {
        string own = Path.Join(Terminal.CurrentFolder, DefaultPosts);
        if (Directory.Exists(own))
        {
            return own;
        }

        if (SiteDetection.Of(Terminal.CurrentFolder).Kind is SiteKind kind and not SiteKind.Bare)
        {
            Terminal.PrintError($"there is no folder {DefaultPosts}/ here, and this looks like a {kind} site; expected --site . to publish it");
            return null;
        }

        ShowsSamples = true;
        return Path.Join(Terminal.ProgramFolder, DefaultPosts);
    }

    /// <summary>The first address listened on, as a browser on this machine would name it.</summary>
    private Uri ListenUrl()
    {
        string first = Urls.Split(';')[0].Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal);
        return Uri.TryCreate(first, UriKind.Absolute, out Uri? url) && SiteUrls.Root(url) is Uri root ? root : new Uri(DefaultUrls + "/");
    }
}
