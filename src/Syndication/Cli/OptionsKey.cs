using System.Collections;
using System.Reflection;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>One key that options have, with the object that holds it.</summary>
internal sealed record OptionsKey(object Holder, PropertyInfo Property)
{
    public string Name => Property.Name;

    public Type Type => Property.PropertyType;

    public object? Value
    {
        get => Property.GetValue(Holder);
        set => Property.SetValue(Holder, value);
    }

    /// <summary>What stands under the key: a value, a section of options, or a list of such sections.</summary>
    public SettingForm Form => ItemType is not null ? SettingForm.List : IsOptions(Type) ? SettingForm.Section : SettingForm.Text;

    /// <summary>The options of which the key holds a list; else null.</summary>
    public Type? ItemType =>
        Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(List<>) && IsOptions(Type.GenericTypeArguments[0]) ? Type.GenericTypeArguments[0] : null;

    /// <summary>The items of a list.</summary>
    public IList Items => (IList)Value!;

    /// <summary>
    /// The keys of options. Options that they hold and that cannot be replaced have no name of their own among the settings: their keys
    /// stand beside the others.
    /// </summary>
    public static IEnumerable<OptionsKey> Of(object options) => options.GetType().GetProperties().SelectMany(p =>
        p.CanWrite ? [new OptionsKey(options, p)]
        : IsOptions(p.PropertyType) ? Of(p.GetValue(options)!)
        : Enumerable.Empty<OptionsKey>());

    private static bool IsOptions(Type type) => typeof(IValidatedOptions).IsAssignableFrom(type);
}
