using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>Options of the command line that are short for a setting.</summary>
internal static class SettingAliases
{
    public const string CommandLine = "command line";

    /// <summary>The option, and the setting that it stands for.</summary>
    public static ImmutableArray<(string Option, string Key)> All { get; } =
    [
        ("--site", "Site:Folder"),
        ("--posts", "Posts:Folder"),
        ("--output", "Feeds:Output"),
        ("--data", "Storage:Data"),
        ("--urls", "Urls"),
    ];

    /// <summary>The setting that an option of <see cref="All"/> gives.</summary>
    public static Setting Setting(string option, string value) =>
        new(All.Single(a => a.Option == option).Key, value, new SettingOrigin(CommandLine, null, option));
}
