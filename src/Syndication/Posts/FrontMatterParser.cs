using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Takes front matter off a text: YAML between ---, and outside Jekyll also TOML between +++ and a JSON object. Pure.</summary>
internal static class FrontMatterParser
{
    /// <param name="text">The whole file, with line feeds.</param>
    /// <param name="kind">Jekyll wants the fence in the first line and knows YAML alone; for the others keys have no case.</param>
    /// <exception cref="DataFormatException">It begins as front matter and cannot be read as such.</exception>
    public static FrontMatter Parse(string text, SiteKind kind)
    {
        bool jekyll = kind == SiteKind.Jekyll;
        int start = jekyll ? 0 : FirstTextLine(text);
        int line = text.AsSpan(0, start).Count('\n') + 1;
        string first = LineAt(text, start).TrimEnd().ToString();
        return first switch
        {
            "---" => Fenced(text, start, line, FrontMatterFormat.Yaml, ignoreCase: !jekyll),
            "+++" when !jekyll => Fenced(text, start, line, FrontMatterFormat.Toml, ignoreCase: true),
            ['{', ..] when !jekyll && IsObject(text.AsSpan(start + 1)) => Json(text, start, line),
            _ => new FrontMatter(FrontMatterFormat.None, DataMap.Empty, "", 1, text, 1),
        };
    }

    private static FrontMatter Fenced(string text, int start, int line, FrontMatterFormat format, bool ignoreCase)
    {
        int from = NextLine(text, start);
        int number = line + 1;
        for (int at = from; at < text.Length; at = NextLine(text, at), number++)
        {
            if (IsEnd(LineAt(text, at).TrimEnd(), format))
            {
                string source = text[from..at];
                DataMap map = format == FrontMatterFormat.Yaml
                    ? YamlReader.Read(source, line + 1, ignoreCase)
                    : TomlReader.Read(source, line + 1, ignoreCase);
                return new FrontMatter(format, map, source, line + 1, text[NextLine(text, at)..], number + 1);
            }
        }

        if (format == FrontMatterFormat.Yaml && !BeginsWithKey(text, from))
        {
            // A rule and then text, as Jekyll has it; but what begins with a key may say that it is a draft.
            return new FrontMatter(FrontMatterFormat.None, DataMap.Empty, "", 1, text, 1);
        }

        string fence = format == FrontMatterFormat.Yaml ? "---" : "+++";
        throw new DataFormatException(line, $"the front matter that begins here has no end: no further line is {fence}");
    }

    private static bool BeginsWithKey(string text, int at)
    {
        while (at < text.Length && LineAt(text, at).IsWhiteSpace())
        {
            at = NextLine(text, at);
        }

        ReadOnlySpan<char> line = LineAt(text, at).Trim();
        ReadOnlySpan<char> key = line[..Math.Max(0, line.IndexOf(':'))].TrimEnd();
        return line.StartsWith('#') || !key.IsEmpty && !key.ContainsAny(" \t");
    }

    private static bool IsEnd(ReadOnlySpan<char> line, FrontMatterFormat format) =>
        format == FrontMatterFormat.Yaml ? line is "---" or "..." : line is "+++";

    /// <summary>An object begins with a key or ends at once; a body that begins with Liquid, a shortcode or {: …} does not.</summary>
    private static bool IsObject(ReadOnlySpan<char> afterBrace) => afterBrace.TrimStart() is ['"' or '}', ..];

    private static FrontMatter Json(string text, int start, int line)
    {
        int depth = 0;
        bool quoted = false;
        for (int at = start; at < text.Length; at++)
        {
            char c = text[at];
            if (quoted)
            {
                at += c == '\\' ? 1 : 0;
                quoted = c != '"';
                continue;
            }

            quoted = c == '"';
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                string source = text[start..(at + 1)];
                int body = LineAt(text, at + 1).IsWhiteSpace() ? NextLine(text, at) : at + 1;
                int bodyLine = line + text.AsSpan(start, body - start).Count('\n');
                DataMap map = JsonReader.Read(source, line, ignoreCase: true);
                return new FrontMatter(FrontMatterFormat.Json, map, source, line, text[body..], bodyLine);
            }
        }

        throw new DataFormatException(line, "the front matter that begins here has no end: a } is missing");
    }

    private static int FirstTextLine(string text)
    {
        int at = 0;
        while (at < text.Length && LineAt(text, at).IsWhiteSpace())
        {
            at = NextLine(text, at);
        }

        return at;
    }

    private static ReadOnlySpan<char> LineAt(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start);
        int end = rest.IndexOf('\n');
        return end < 0 ? rest : rest[..end];
    }

    private static int NextLine(string text, int at)
    {
        int end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end + 1;
    }
}
