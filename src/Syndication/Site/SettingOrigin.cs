namespace Syndication.Site;

/// <summary>Where a setting was given, so that whoever finds it wrong later can name the place.</summary>
/// <param name="Source">A settings file as it was named, "environment variable X", "command line", or "default".</param>
/// <param name="Line">The line of the key, counted from 1, where the source is a file.</param>
/// <param name="Name">The setting as that source names it: Site:Folder, or --site.</param>
internal sealed record SettingOrigin(string Source, int? Line, string Name)
{
    /// <summary>The origin of a setting that nobody gave.</summary>
    public static SettingOrigin Default(string key) => new("default", null, key);

    /// <summary>An error about what the setting names.</summary>
    public Problem Error(string what, string? expected = null) => Problem.Error(Source, Line, $"{Name}: {what}", expected);

    /// <summary>An error of the value itself.</summary>
    public Problem Wrong(string found, string expected) => Problem.Error(Source, Line, $"{Name} is {found}", expected);
}
