using System.Collections.Immutable;
using System.Reflection;

namespace Syndication.Cli;

/// <summary>A section of the settings and the options class that holds it.</summary>
internal sealed class OptionsSection
{
    private OptionsSection(string name, object options)
    {
        Name = name;
        Options = options;
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

    public static OptionsSection Of<T>(string name)
        where T : class, new() => new(name, new T());
}
