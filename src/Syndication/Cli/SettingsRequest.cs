using System.Collections.Immutable;

namespace Syndication.Cli;

/// <summary>Where settings may come from in this run.</summary>
internal sealed record SettingsRequest
{
    /// <summary>The folder with the program and its own appsettings.json, absolute.</summary>
    public required string ProgramFolder { get; init; }

    /// <summary>The caller's folder, absolute.</summary>
    public required string CurrentFolder { get; init; }

    /// <summary>The file of --config, as given.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>The environment's variables; only those with the prefix SYNDICATION_ are read.</summary>
    public required IEnumerable<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>Settings of the command line and of its aliases.</summary>
    public ImmutableArray<Setting> CommandLine { get; init; } = [];
}
