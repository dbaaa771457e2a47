using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>Reads all settings from all sources, and finds everything that is wrong with them at once.</summary>
internal static class SettingsReader
{
    /// <param name="request">Where to read.</param>
    /// <param name="sections">What may be said, with new options; they are bound here.</param>
    public static SettingsReading Read(SettingsRequest request, ImmutableArray<OptionsSection> sections)
    {
        List<Problem> problems = [];
        SettingsBinder binder = new(new KnownSettings(sections), problems);
        foreach (SettingSource source in SettingSources.Collect(request, problems))
        {
            binder.Bind(source);
        }

        foreach (OptionsSection section in sections)
        {
            binder.Check(section);
        }

        if (binder.Host.GetValueOrDefault("Urls") is string urls && ListenAddresses.FirstWrong(urls) is string wrong)
        {
            problems.Add(binder.Origins["Urls"].Wrong($"'{wrong}'", ListenAddresses.Expected));
        }

        IConfiguration host = new ConfigurationBuilder().AddInMemoryCollection(binder.Host).Build();
        return new SettingsReading([.. sections.Select(s => s.Options)], binder.Origins, host, [.. problems]);
    }
}
