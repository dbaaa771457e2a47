using System.Collections.Immutable;
using System.Reflection;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>A section of the settings and the options class that holds it.</summary>
internal sealed class OptionsSection
{
    private OptionsSection(string name, object options, ImmutableArray<string> paths)
    {
        Name = name;
        Options = options;
        Paths = paths;
        Properties = [.. options.GetType().GetProperties().Where(p => p.CanWrite)];
        if (Properties.FirstOrDefault(p => !SettingText.IsSupported(p.PropertyType)) is PropertyInfo odd)
        {
            throw new NotSupportedException($"{name}:{odd.Name} has the type {odd.PropertyType}, which no setting can be read as.");
        }
    }

    public string Name { get; }

    /// <summary>The instance that is bound; holds the defaults until then.</summary>
    public object Options { get; }

    /// <summary>The section's keys.</summary>
    public ImmutableArray<PropertyInfo> Properties { get; }

    /// <summary>
    /// The keys that name a file or folder. A relative one belongs to the folder of the file that says it, or to the caller's
    /// folder when an environment variable or the command line says it; bound options hold it absolute.
    /// </summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>Every property whose value is out of its bounds.</summary>
    public Func<IEnumerable<InvalidOption>> Invalid { get; private init; } = () => [];

    /// <param name="name">The section's name.</param>
    /// <param name="paths">See <see cref="Paths"/>.</param>
    public static OptionsSection Of<T>(string name, params ImmutableArray<string> paths)
        where T : class, new() => Of<T>(name, _ => [], paths);

    /// <param name="name">The section's name.</param>
    /// <param name="bounds">What the options cannot know of themselves, since it takes another stage's library.</param>
    /// <param name="paths">See <see cref="Paths"/>.</param>
    public static OptionsSection Of<T>(string name, Func<T, IEnumerable<InvalidOption>> bounds, params ImmutableArray<string> paths)
        where T : class, new()
    {
        T options = new();
        return new OptionsSection(name, options, paths) { Invalid = () => [.. (options as IValidatedOptions)?.Invalid() ?? [], .. bounds(options)] };
    }
}
