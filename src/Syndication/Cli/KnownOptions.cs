using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>The sections that settings can have, a line each.</summary>
internal static class KnownOptions
{
    /// <summary>All sections, each with new options that hold their defaults.</summary>
    public static ImmutableArray<OptionsSection> New() =>
    [
        OptionsSection.Of<SiteOptions>("Site"),
        OptionsSection.Of<PostsOptions>("Posts"),
    ];
}
