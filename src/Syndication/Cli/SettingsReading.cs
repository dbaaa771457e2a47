using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>All settings of this run, bound and checked; to be used only when no problem is an error.</summary>
/// <param name="options">The options, one instance per class.</param>
/// <param name="origins">Where each setting that was given comes from, by key.</param>
/// <param name="host">The sections that are .NET's: Logging, Kestrel, Urls, AllowedHosts.</param>
/// <param name="problems">Everything that is wrong, in the order of the sources.</param>
internal sealed class SettingsReading(
    ImmutableArray<object> options,
    IReadOnlyDictionary<string, SettingOrigin> origins,
    IConfiguration host,
    ImmutableArray<Problem> problems)
{
    public IConfiguration Host { get; } = host;

    public ImmutableArray<Problem> Problems { get; } = problems;

    public T Get<T>()
        where T : class => options.OfType<T>().Single();

    /// <summary>Whether any source gave a setting, Section:Key, a value.</summary>
    public bool IsGiven(string key) => origins.ContainsKey(key);

    /// <summary>Where a setting, Section:Key, was given; "default" when it was not.</summary>
    public SettingOrigin OriginOf(string key) => origins.GetValueOrDefault(key) ?? SettingOrigin.Default(key);
}
