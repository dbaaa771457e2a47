namespace Syndication.Site;

/// <summary>Where a setting was given, so that whoever finds it wrong later can name the place.</summary>
/// <param name="Source">A settings file as it was named, "environment variable X", "command line", or "default".</param>
/// <param name="Line">The line of the key, counted from 1, where the source is a file.</param>
/// <param name="Name">The setting as that source names it: Site:Folder, or --site.</param>
internal sealed record SettingOrigin(string Source, int? Line, string Name)
{
    /// <summary>An error of this setting.</summary>
    /// <param name="what">What is wrong, without the setting's name.</param>
    /// <param name="expected">What would have been right.</param>
    public Problem Error(string what, string? expected = null) => Problem.Error(Source, Line, $"{Name}: {what}", expected);
}
