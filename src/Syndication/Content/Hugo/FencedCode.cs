namespace Syndication.Content.Hugo;

/// <summary>Code as a fenced block of Markdown. Pure.</summary>
internal static class FencedCode
{
    public static string Of(string language, string options, string code)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in code)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', Math.Max(3, longest + 1));
        string info = language + (options.Length > 0 ? $" {{{options}}}" : "");
        return $"\n{fence}{info.ReplaceLineEndings("").Replace("`", "", StringComparison.Ordinal)}\n{code.Trim('\n')}\n{fence}\n";
    }
}
