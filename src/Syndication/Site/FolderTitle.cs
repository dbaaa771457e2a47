namespace Syndication.Site;

/// <summary>A title for a site that has none: its folder's name, as a person would write it.</summary>
internal static class FolderTitle
{
    /// <param name="folder">An absolute path without a slash at its end.</param>
    public static string Of(string folder)
    {
        string spaced = string.Concat(Path.GetFileName(folder).Select(c => char.IsLetterOrDigit(c) || c is '.' or '\'' or '&' ? c : ' '));
        string name = string.Join(' ', spaced.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length == 0 ? "Posts" : char.ToUpperInvariant(name[0]) + name[1..];
    }
}
