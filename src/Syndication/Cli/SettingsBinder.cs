using System.Globalization;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>Puts settings into options, source by source; a later source replaces what an earlier one said.</summary>
internal sealed class SettingsBinder(KnownSettings known, List<Problem> problems)
{
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
            KnownSetting? target = parts.Length > 1 ? known.Find(parts[0], parts[1]) : null;
            Finding? wrong = !seen.Add(setting.Key) ? Twice(setting)
                : KnownSettings.IsHostSection(parts[0]) ? Keep(setting)
                : target is null ? Unknown(setting, parts)
                : Set(setting, target, parts, source.Folder);
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
            object? value = section.Properties.Single(p => p.Name == invalid.Property).GetValue(section.Options);
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

    private Finding? Unknown(Setting setting, string[] parts)
    {
        bool isSection = known.IsSection(parts[0]);
        if (isSection && parts.Length == 1)
        {
            return setting.IsSet || setting.Form == SettingForm.List
                ? new Finding(setting.Key, setting.Origin.Wrong(Found(setting), "a section with keys"))
                : null;
        }

        bool isValue = parts.Length == 1 && setting.Form == SettingForm.Text;
        string name = isSection ? $"{parts[0]}:{parts[1]}" : parts[0];
        string what = $"unknown {(isSection || isValue ? "setting" : "section")} '{name}'";
        string hint = known.Nearest(name) is string near ? $"; did you mean {near}?" : "";
        return new Finding(name, Problem.Error(setting.Origin.Source, setting.Origin.Line, what + hint));
    }

    private Finding? Set(Setting setting, KnownSetting target, string[] parts, string folder)
    {
        Type type = target.Property.PropertyType;
        if (parts.Length > 2 || setting.Form != SettingForm.Text)
        {
            return WrongForm(setting, target, parts.Length > 2 ? "a section" : Found(setting));
        }

        if (!setting.IsSet)
        {
            return null;
        }

        object? value = target.IsPath ? FullPath(setting.Text, folder) : SettingText.Value(type, setting.Text);
        if (value is null)
        {
            string expected = target.IsPath ? "the path of a file or folder" : SettingText.Expected(type);
            return new Finding(target.Key, setting.Origin.Wrong(Found(setting), expected));
        }

        target.Property.SetValue(target.Options, value);
        _origins[target.Key] = setting.Origin;
        return null;
    }

    private static Finding WrongForm(Setting setting, KnownSetting target, string found) =>
        new(target.Key, (setting.Origin with { Name = target.Key }).Wrong(found, SettingText.Expected(target.Property.PropertyType)));

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
