using System.Collections.Immutable;
using System.Reflection;

namespace Syndication.Cli;

/// <summary>A setting that exists.</summary>
/// <param name="Key">Section:Key in its own case.</param>
/// <param name="Options">The options that have it.</param>
/// <param name="Property">The property that holds it.</param>
/// <param name="IsPath">See <see cref="OptionsSection.Paths"/>.</param>
internal sealed record KnownSetting(string Key, object Options, PropertyInfo Property, bool IsPath);

/// <summary>Every setting that exists, and what somebody may have meant with one that does not.</summary>
internal sealed class KnownSettings
{
    private readonly Dictionary<string, KnownSetting> _byKey;
    private readonly ImmutableArray<string> _sections;

    public KnownSettings(ImmutableArray<OptionsSection> sections)
    {
        _sections = [.. sections.Select(s => s.Name)];
        _byKey = sections
            .SelectMany(s => s.Properties.Select(p => new KnownSetting($"{s.Name}:{p.Name}", s.Options, p, s.Paths.Contains(p.Name))))
            .ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is read by .NET's host and logging, and not by us.</summary>
    public static ImmutableArray<string> HostSections { get; } = ["Logging", "Kestrel", "Urls", "AllowedHosts"];

    /// <summary>Whether a section is one of <see cref="HostSections"/>.</summary>
    public static bool IsHostSection(string section) => HostSections.Contains(section, StringComparer.OrdinalIgnoreCase);

    public bool IsSection(string section) => _sections.Contains(section, StringComparer.OrdinalIgnoreCase);

    public KnownSetting? Find(string section, string key) => _byKey.GetValueOrDefault($"{section}:{key}");

    /// <summary>The section or setting most like an unknown one, or null where none is near.</summary>
    public string? Nearest(string unknown)
    {
        bool isSection = !unknown.Contains(':', StringComparison.Ordinal);
        IEnumerable<string> candidates = isSection ? [.. _sections, .. HostSections] : _byKey.Keys;
        return candidates.Concat(_byKey.Keys.Where(k => LastPart(k).Equals(LastPart(unknown), StringComparison.OrdinalIgnoreCase)))
            .Select(c => (Name: c, Distance: Math.Min(Distance(unknown, c), 1 + Distance(LastPart(unknown), LastPart(c)))))
            .Where(c => c.Distance <= 1 + (LastPart(unknown).Length / 4))
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault();
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
