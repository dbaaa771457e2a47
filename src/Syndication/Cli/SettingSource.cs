using System.Collections.Immutable;

namespace Syndication.Cli;

/// <summary>One file, the environment, or the command line.</summary>
/// <param name="Folder">The folder to which relative paths in it belong, absolute.</param>
/// <param name="Settings">In the order in which they were given.</param>
internal sealed record SettingSource(string Folder, ImmutableArray<Setting> Settings);
