namespace Syndication.Content;

/// <summary>Keeps of a style attribute what mail clients and feed readers keep and what cannot move text out of its place.</summary>
internal static class StyleFilter
{
    public static readonly string[] Properties =
    [
        "text-align", "vertical-align", "width", "height", "float", "clear", "font-weight", "font-style", "text-decoration",
        "white-space", "list-style-type",
    ];

    /// <summary>The declarations that stay, or an empty string.</summary>
    public static string Of(string style)
    {
        List<string> kept = [];
        foreach (string declaration in style.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && Properties.Contains(declaration[..colon].Trim().ToLowerInvariant()) && IsPlain(declaration.AsSpan(colon + 1)))
            {
                kept.Add(declaration);
            }
        }

        return string.Join("; ", kept);
    }

    private static bool IsPlain(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not (' ' or '.' or '%' or '-' or '#' or ','))
            {
                return false;
            }
        }

        return true;
    }
}
