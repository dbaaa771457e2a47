using System.Collections.Immutable;

namespace Syndication.Site;

/// <summary>Which site to read, and what settings say about it.</summary>
internal sealed record SiteRequest
{
    /// <summary>The site's folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Where <see cref="Folder"/> was said, for errors about it.</summary>
    public required SettingOrigin FolderOrigin { get; init; }

    /// <summary>The folder with the posts, absolute, where it is not the one that the generator prescribes.</summary>
    public string? PostsFolder { get; init; }

    /// <summary>Where <see cref="PostsFolder"/> was said; null without one.</summary>
    public SettingOrigin? PostsFolderOrigin { get; init; }

    public required SiteOptions Options { get; init; }

    /// <summary>Show posts before their date; null = as the generator's configuration says.</summary>
    public bool? Future { get; init; }

    /// <summary>Show drafts; null = as the generator's configuration says.</summary>
    public bool? Drafts { get; init; }

    /// <summary>The address of the site while nobody has said one: where this program listens.</summary>
    public required Uri ListenUrl { get; init; }

    /// <summary>The zone of this machine, for sites that have none of their own.</summary>
    public required TimeZoneInfo SystemZone { get; init; }
}

/// <summary>What came of reading a site. It is null exactly when a problem is an error.</summary>
internal sealed record SiteReading(SiteDefinition? Site, ImmutableArray<Problem> Problems);
