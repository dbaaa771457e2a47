namespace Syndication.Storage;

/// <summary>The site whose posts a database knows.</summary>
/// <param name="Folder">Its root folder, absolute.</param>
/// <param name="Url">Its public address; null where it has none: an address of this machine says nothing of the site.</param>
internal sealed record RememberedSite(string Folder, string? Url)
{
    /// <summary>
    /// Whether somebody else's posts are to be read into this database. A folder may move and an address may change; a site of which
    /// both are others, and not even half of the posts are there, is another one.
    /// </summary>
    /// <param name="asked">The site that was asked for.</param>
    /// <param name="known">How many posts the database has.</param>
    /// <param name="found">How many of them are in the folder that was asked for.</param>
    public bool IsAnotherThan(RememberedSite asked, int known, int found) => !Shares(asked) && found * 2 < known;

    /// <summary>The same folder or the same address.</summary>
    public bool Shares(RememberedSite asked) => Folder == asked.Folder || (Url is not null && Url == asked.Url);
}
