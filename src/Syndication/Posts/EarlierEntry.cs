namespace Syndication.Posts;

/// <summary>What readers know of a post from a feed that another program published.</summary>
/// <param name="Id">As they compare it; where the feed has none, the link, by which they then know the post.</param>
/// <param name="Link">The address of its page as written; may be a path, and null without any.</param>
internal sealed record EarlierEntry(string Id, string? Link)
{
    /// <summary>How the entry is named to the operator.</summary>
    public string Name => Link ?? Id;
}
