using System.Globalization;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>Puts settings into options, source by source; a later source replaces what an earlier one said.</summary>
internal sealed class SettingsBinder(KnownSettings known, List<Problem> problems)
{
    private const string ASection = "a section with keys";

    private readonly Dictionary<string, SettingOrigin> _origins = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _host = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where each setting comes from, by Section:Key.</summary>
    public IReadOnlyDictionary<string, SettingOrigin> Origins => _origins;

    /// <summary>Settings that are .NET's.</summary>
    public IReadOnlyDictionary<string, string?> Host => _host;

    public void Bind(SettingSource source)
    {
        HashSet<string> told = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (Setting setting in source.Settings)
        {
            string[] parts = setting.Key.Split(':');
            SettingSearch search = known.Find(parts);
            Finding? wrong = !seen.Add(setting.Key) ? Twice(setting)
                : KnownSettings.IsHostSection(parts[0]) ? Keep(setting)
                : search.Target is not KnownSetting target ? Unknown(setting, parts, search)
                : target.Form == SettingForm.Text ? Set(setting, target, search.Known < parts.Length, source.Folder)
                : Open(setting, target, source);
            if (wrong is not null && told.Add(wrong.Name))
            {
                problems.Add(wrong.Problem);
            }
        }
    }

    /// <summary>Asks the options themselves about the bounds of their values.</summary>
    public void Check(OptionsSection section)
    {
        foreach (InvalidOption invalid in section.Invalid())
        {
            string key = $"{section.Name}:{invalid.Property}";
            SettingOrigin origin = _origins.GetValueOrDefault(key) ?? SettingOrigin.Default(key);
            object? value = known.Find(key.Split(':')).Target!.Key.Value;
            string? found = Convert.ToString(value, CultureInfo.InvariantCulture);
            problems.Add(origin.Wrong($"'{found}'", invalid.Bound));
        }
    }

    private Finding? Keep(Setting setting)
    {
        if (setting.IsSet)
        {
            _host[setting.Key] = setting.Text;
            _origins[setting.Key] = setting.Origin;
        }

        return null;
    }

    private Finding? Unknown(Setting setting, string[] parts, SettingSearch search)
    {
        bool isSection = known.IsSection(parts[0]);
        if (isSection && parts.Length == 1)
        {
            return setting.IsSet || setting.Form == SettingForm.List
                ? new Finding(setting.Key, setting.Origin.Wrong(Found(setting), ASection))
                : null;
        }

        bool isValue = parts.Length == 1 && setting.Form == SettingForm.Text;
        string name = string.Join(':', parts.Take(search.Known + 1));
        string what = $"unknown {(isSection || isValue ? "setting" : "section")} '{name}'";
        string hint = known.Nearest(name, search.Beside) is string near ? $"; did you mean {near}?" : "";
        return new Finding(name, Problem.Error(setting.Origin.Source, setting.Origin.Line, what + hint));
    }

    private Finding? Set(Setting setting, KnownSetting target, bool hasMore, string folder)
    {
        if (hasMore || setting.Form != SettingForm.Text)
        {
            return WrongForm(setting, target, hasMore ? "a section" : Found(setting), SettingText.Expected(target.Key.Type));
        }

        if (!setting.IsSet)
        {
            return null;
        }

        object? value = target.IsPath ? FullPath(setting.Text, folder) : SettingText.Value(target.Key.Type, setting.Text);
        if (value is null)
        {
            string expected = target.IsPath ? "the path of a file or folder" : SettingText.Expected(target.Key.Type);
            return new Finding(target.Name, setting.Origin.Wrong(Found(setting), expected));
        }

        target.Key.Value = value;
        _origins[target.Name] = setting.Origin;
        return null;
    }

    /// <summary>A section or list begins. A list with items replaces the whole of an earlier source's; a single item's key, as a variable gives it, only that key.</summary>
    private Finding? Open(Setting setting, KnownSetting target, SettingSource source)
    {
        if (setting.Form != target.Form && (setting.IsSet || setting.Form != SettingForm.Text))
        {
            return WrongForm(setting, target, Found(setting), target.Form == SettingForm.List ? "a list of sections" : ASection);
        }

        string below = target.Name + ":";
        if (setting.Form == SettingForm.List && source.Settings.Any(s => s.Key.StartsWith(below, StringComparison.OrdinalIgnoreCase)))
        {
            target.Key.Items.Clear();
            foreach (string replaced in _origins.Keys.Where(k => k.StartsWith(below, StringComparison.OrdinalIgnoreCase)).ToList())
            {
                _origins.Remove(replaced);
            }
        }

        return null;
    }

    private static Finding WrongForm(Setting setting, KnownSetting target, string found, string expected) =>
        new(target.Name, (setting.Origin with { Name = target.Name }).Wrong(found, expected));

    private static Finding Twice(Setting setting) =>
        new(setting.Key, setting.Origin.Error("it is given twice", "each setting once"));

    private static string? FullPath(string path, string folder) =>
        path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(path, folder);

    private static string Found(Setting setting) => setting.Form switch
    {
        SettingForm.List => "a list",
        SettingForm.Section => "a section",
        _ => $"'{setting.Text}'",
    };

    /// <summary>What is wrong with a name; one for each name is told, however many values stand below it.</summary>
    private sealed record Finding(string Name, Problem Problem);
}
