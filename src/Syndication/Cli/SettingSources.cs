using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>Collects the sources of settings, from the weakest to the strongest.</summary>
internal static class SettingSources
{
    private const string FileName = "appsettings.json";
    private const string Prefix = "SYNDICATION_";

    public static ImmutableArray<SettingSource> Collect(SettingsRequest request, List<Problem> problems)
    {
        ImmutableArray<SettingSource>.Builder sources = ImmutableArray.CreateBuilder<SettingSource>();
        string shipped = Path.Combine(request.ProgramFolder, FileName);
        string own = Path.Combine(request.CurrentFolder, FileName);
        if (File.Exists(shipped) && Path.GetFullPath(shipped) != Path.GetFullPath(own))
        {
            sources.Add(FromFile(shipped, shipped, problems));
        }

        if (File.Exists(own))
        {
            sources.Add(FromFile(own, FileName, problems));
        }

        if (request.ConfigFile is string named)
        {
            string path = Path.GetFullPath(named, request.CurrentFolder);
            if (File.Exists(path))
            {
                sources.Add(FromFile(path, named, problems));
            }
            else
            {
                SettingOrigin origin = new(SettingAliases.CommandLine, null, "--config");
                problems.Add(origin.Error($"there is no file '{named}'", "a settings file"));
            }
        }

        sources.Add(new SettingSource(request.CurrentFolder, Variables(request.Environment)));
        sources.Add(new SettingSource(request.CurrentFolder, request.CommandLine));
        return sources.ToImmutable();
    }

    private static SettingSource FromFile(string path, string name, List<Problem> problems) =>
        new(Path.GetDirectoryName(path)!, SettingsFile.Read(path, name, problems));

    /// <summary>SYNDICATION_SITE__TITLE is Site:Title: two underscores stand for a colon, and case does not matter.</summary>
    private static ImmutableArray<Setting> Variables(IEnumerable<KeyValuePair<string, string>> environment) =>
    [
        .. environment
            .Where(v => v.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => (Key: v.Key[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), v.Value, Name: v.Key))
            .Select(v => new Setting(v.Key, v.Value, new SettingOrigin($"environment variable {v.Name}", null, v.Key))),
    ];
}
