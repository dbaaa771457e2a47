using System.Globalization;

namespace Syndication.Cli;

/// <summary>Reads the text of a setting as the type of its option. Blank text is not set and never comes here.</summary>
internal static class SettingText
{
    private static readonly Dictionary<Type, (string Expected, Func<string, object?> Read)> Types = new()
    {
        [typeof(string)] = ("text", t => t),
        [typeof(bool)] = ("true or false", t => bool.TryParse(t, out bool flag) ? flag : null),
        [typeof(int)] = ("a whole number", t => int.TryParse(t, NumberStyles.Integer, CultureInfo.InvariantCulture, out int n) ? n : null),
        [typeof(double)] = ("a number such as 1.5", t => double.TryParse(t, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n) ? n : null),
        [typeof(TimeSpan)] = ("a duration such as 00:05:00 (hours:minutes:seconds) or 2.00:00:00 (days before them)", t => Duration(t)),
        [typeof(Uri)] = ("an address such as https://example.org/", Address),
    };

    /// <summary>The value, or null where the text is none of this type.</summary>
    public static object? Value(Type type, string text) =>
        Plain(type) is { IsEnum: true } choice ? Choice(choice, text) : Types[Plain(type)].Read(text);

    /// <summary>What a value of the type looks like, as it stands after "expected".</summary>
    public static string Expected(Type type) =>
        Plain(type) is { IsEnum: true } choice
            ? "one of " + string.Join(", ", Enum.GetNames(choice).Select(n => n.ToLowerInvariant()))
            : Types[Plain(type)].Expected;

    /// <summary>Whether options may have properties of this type.</summary>
    public static bool IsSupported(Type type) => Plain(type).IsEnum || Types.ContainsKey(Plain(type));

    /// <summary>Only .NET's constant form: elsewhere it reads 5 as five days, and 25:00:00 as twenty-five.</summary>
    private static TimeSpan? Duration(string text) =>
        text.Contains(':', StringComparison.Ordinal)
        && TimeSpan.TryParseExact(text.Trim(), "c", CultureInfo.InvariantCulture, out TimeSpan duration)
            ? duration
            : null;

    /// <summary>A path such as /blog is an address of a file to .NET, and none to a person.</summary>
    private static Uri? Address(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? uri) && !uri.IsFile ? uri : null;

    /// <summary>By name only: .NET would also take numbers and lists.</summary>
    private static object? Choice(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(n => n.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is string name ? Enum.Parse(type, name) : null;

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
