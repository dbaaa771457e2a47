namespace Syndication.Templating;

/// <summary>One property with its value, both as written.</summary>
/// <param name="Name">In lower case, but for custom properties.</param>
/// <param name="Value">Without !important.</param>
/// <param name="IsImportant">Whether it had !important.</param>
internal sealed record CssDeclaration(string Name, string Value, bool IsImportant)
{
    /// <summary>The declarations of a block or a style attribute; what is none is left out.</summary>
    public static IEnumerable<CssDeclaration> All(string block)
    {
        foreach (string text in CssText.Split(CssText.WithoutComments(block), ';'))
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "" : text[..colon].Trim();
            string value = text[(colon + 1)..].Trim();
            if (name.Length == 0 || value.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                continue;
            }

            int mark = value.LastIndexOf('!');
            bool important = mark > 0 && value.AsSpan(mark + 1).Trim().Equals("important", StringComparison.OrdinalIgnoreCase);
            string lower = name.StartsWith("--", StringComparison.Ordinal) ? name : name.ToLowerInvariant();
            yield return new CssDeclaration(lower, important ? value[..mark].TrimEnd() : value, important);
        }
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
}
