using System.Collections.Immutable;
using System.Globalization;
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
        Keys = [.. OptionsKey.Of(options)];
        RequireSupported(name, Keys);
    }

    public string Name { get; }

    /// <summary>The instance that is bound; holds the defaults until then.</summary>
    public object Options { get; }

    /// <summary>The section's keys.</summary>
    public ImmutableArray<OptionsKey> Keys { get; }

    /// <summary>
    /// The keys that name a file or folder, those in a section or list below as Key:Key. A relative one belongs to the folder of the file that says it, or to the caller's
    /// folder when an environment variable or the command line says it; bound options hold it absolute.
    /// </summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>Every property whose value is out of its bounds, those in a section or list below as Key:Key and Key:0:Key.</summary>
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
        return new OptionsSection(name, options, paths) { Invalid = () => [.. InvalidOf(options), .. bounds(options)] };
    }

    private static IEnumerable<InvalidOption> InvalidOf(object options)
    {
        IEnumerable<InvalidOption> own = (options as IValidatedOptions)?.Invalid() ?? [];
        IEnumerable<InvalidOption> below = OptionsKey.Of(options).SelectMany(key => key.Form switch
        {
            SettingForm.Section => InvalidBelow(key.Name, key.Value!),
            SettingForm.List => key.Items.Cast<object>().SelectMany((item, i) => InvalidBelow(string.Create(CultureInfo.InvariantCulture, $"{key.Name}:{i}"), item)),
            _ => [],
        });
        return own.Concat(below);
    }

    private static IEnumerable<InvalidOption> InvalidBelow(string name, object options) =>
        InvalidOf(options).Select(i => i with { Property = $"{name}:{i.Property}" });

    private static void RequireSupported(string name, IEnumerable<OptionsKey> keys)
    {
        foreach (OptionsKey key in keys)
        {
            string full = $"{name}:{key.Name}";
            switch (key.Form)
            {
                case SettingForm.Section:
                    RequireSupported(full, OptionsKey.Of(key.Value!));
                    break;
                case SettingForm.List:
                    RequireSupported($"{full}:0", OptionsKey.Of(Activator.CreateInstance(key.ItemType!)!));
                    break;
                default:
                    if (!SettingText.IsSupported(key.Type))
                    {
                        throw new NotSupportedException($"{full} has the type {key.Type}, which no setting can be read as.");
                    }

                    break;
            }
        }
    }
}
