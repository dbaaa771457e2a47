using System.Collections.Immutable;
using System.Globalization;

namespace Syndication.Cli;

/// <summary>A setting that exists.</summary>
/// <param name="Name">Section:Key in its own case; the name of a list's item where <paramref name="Form"/> is a section and the option a list.</param>
/// <param name="Key">The option.</param>
/// <param name="Form">What is to stand there.</param>
/// <param name="IsPath">See <see cref="OptionsSection.Paths"/>.</param>
internal sealed record KnownSetting(string Name, OptionsKey Key, SettingForm Form, bool IsPath);

/// <summary>How far the parts of a name were known.</summary>
/// <param name="Target">What they name; null where a part is unknown.</param>
/// <param name="Known">How many parts were understood.</param>
/// <param name="Beside">What could have stood in the place of the first that was not.</param>
internal sealed record SettingSearch(KnownSetting? Target, int Known, ImmutableArray<string> Beside);

/// <summary>Every setting that exists, and what somebody may have meant with one that does not.</summary>
internal sealed class KnownSettings(ImmutableArray<OptionsSection> sections)
{
    /// <summary>Sections in one list.</summary>
    private const int MostItems = 32;

    /// <summary>What is read by .NET's host and logging, and not by us.</summary>
    public static ImmutableArray<string> HostSections { get; } = ["Logging", "Kestrel", "Urls", "AllowedHosts"];

    /// <summary>Whether a section is one of <see cref="HostSections"/>.</summary>
    public static bool IsHostSection(string section) => HostSections.Contains(section, StringComparer.OrdinalIgnoreCase);

    public bool IsSection(string section) => Section(section) is not null;

    /// <summary>Looks for a name, part by part. A list grows up to the item that is named.</summary>
    public SettingSearch Find(string[] parts)
    {
        if (Section(parts[0]) is not OptionsSection section)
        {
            return new SettingSearch(null, 0, [.. sections.Select(s => s.Name), .. HostSections]);
        }

        (string name, string path, IEnumerable<OptionsKey> keys) = (section.Name, "", section.Keys);
        KnownSetting? found = null;
        for (int known = 1; known < parts.Length; known++)
        {
            if (keys.FirstOrDefault(k => k.Name.Equals(parts[known], StringComparison.OrdinalIgnoreCase)) is not OptionsKey key)
            {
                return new SettingSearch(null, known, [.. keys.Select(k => $"{name}:{k.Name}")]);
            }

            name = $"{name}:{key.Name}";
            path = path.Length == 0 ? key.Name : $"{path}:{key.Name}";
            found = new KnownSetting(name, key, key.Form, section.Paths.Contains(path));
            if (key.Form == SettingForm.Text)
            {
                return new SettingSearch(found, known + 1, []);
            }

            if (key.Form == SettingForm.Section)
            {
                keys = OptionsKey.Of(key.Value!);
            }
            else if (known + 1 < parts.Length)
            {
                known++;
                if (Item(key, parts[known]) is not object item)
                {
                    return new SettingSearch(null, known, [$"{name}:0"]);
                }

                name = $"{name}:{parts[known]}";
                found = found with { Name = name, Form = SettingForm.Section };
                keys = OptionsKey.Of(item);
            }
        }

        return new SettingSearch(found, parts.Length, []);
    }

    /// <summary>The section or setting most like an unknown one, or null where none is near.</summary>
    /// <param name="unknown">Its name, up to the part that is unknown.</param>
    /// <param name="beside">See <see cref="SettingSearch.Beside"/>.</param>
    public string? Nearest(string unknown, ImmutableArray<string> beside)
    {
        IEnumerable<string> all = sections.SelectMany(s => s.Keys.Select(k => $"{s.Name}:{k.Name}"));
        bool isSection = !unknown.Contains(':', StringComparison.Ordinal);
        return beside.Concat(isSection ? [] : all).Concat(all.Where(k => LastPart(k).Equals(LastPart(unknown), StringComparison.OrdinalIgnoreCase)))
            .Select(c => (Name: c, Distance: Math.Min(Distance(unknown, c), 1 + Distance(LastPart(unknown), LastPart(c)))))
            .Where(c => c.Distance <= 1 + (LastPart(unknown).Length / 4))
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    private OptionsSection? Section(string name) => sections.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The item of a list by its number; those before it that nobody has named hold the defaults.</summary>
    private static object? Item(OptionsKey list, string number)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= MostItems)
        {
            return null;
        }

        while (list.Items.Count <= index)
        {
            list.Items.Add(Activator.CreateInstance(list.ItemType!));
        }

        return list.Items[index];
    }

    private static string LastPart(string key) => key[(key.LastIndexOf(':') + 1)..];

    /// <summary>Letters to insert, remove or replace (Levenshtein), without regard to case.</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(from[i]) == char.ToUpperInvariant(to[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[^1];
    }
}
