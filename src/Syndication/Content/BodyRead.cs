namespace Syndication.Content;

/// <summary>What a body can read beyond its own file. The numbers are in cache files: a new kind is a new number.</summary>
internal enum ReadKind : byte
{
    /// <summary>The published post of a file, by its path below the site's root.</summary>
    PostAt = 1,

    /// <summary>The published post that Jekyll's post_url names.</summary>
    PostNamed = 2,

    /// <summary>The published post that Hugo's ref names.</summary>
    PageNamed = 3,

    /// <summary>All published posts, in their order; the name is empty.</summary>
    AllPosts = 4,

    /// <summary>A file of the site, by its path below the root.</summary>
    File = 5,

    /// <summary>A folder of the site with all that lies in it, by its path below the root.</summary>
    Folder = 6,
}

/// <summary>One thing that a body read, and what it then was.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Name">Which one.</param>
/// <param name="Digest">See <see cref="Surroundings.Digest"/>.</param>
internal sealed record BodyRead(ReadKind Kind, string Name, string Digest);
