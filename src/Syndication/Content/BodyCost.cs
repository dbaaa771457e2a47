using System.Buffers;

namespace Syndication.Content;

/// <summary>
/// Foresees bodies on which parsing Markdown would take all time: in one paragraph the parser looks ahead from each bracket
/// again, and each line again walks through all that it is nested in. No post that a person wrote comes near the bounds.
/// </summary>
internal static class BodyCost
{
    private const string TooDeep = "the text is nested too deeply";

    private static readonly SearchValues<char> Marks = SearchValues.Create("[]<`{$!");

    /// <summary>Brackets times characters of one paragraph: some seconds of looking ahead.</summary>
    private const long MostLookAhead = 1_000_000_000;

    /// <summary>Sum over all lines of the square of their indentation, quote marks counted.</summary>
    private const long MostNesting = 400_000_000;

    /// <summary>Lines that make the parser take a block out again, times all lines before them, each of which may be a block to search through.</summary>
    private const long MostSearching = 1_000_000_000;

    /// <summary>Why the body is not to be parsed, or null.</summary>
    public static string? Excess(string body)
    {
        long nesting = 0;
        long brackets = 0;
        long length = 0;
        long lines = 0;
        long searching = 0;
        bool inFence = false;
        foreach (ReadOnlySpan<char> line in body.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> text = line.TrimStart(" \t>-+*");
            long indent = line.Length - text.Length;
            nesting += indent * indent;
            lines++;
            searching += TakesBack(line) ? lines : 0;
            if (text.StartsWith("```") || text.StartsWith("~~~"))
            {
                inFence = !inFence;
            }

            bool isText = !text.IsEmpty && !inFence;
            length = isText ? length + line.Length : 0;
            brackets = isText ? brackets + Openers(text) : 0;
            if (brackets * length > MostLookAhead)
            {
                return "a paragraph has too many brackets and marks";
            }

            if (searching > MostSearching)
            {
                return "the text has too many headings and definitions";
            }

            if (nesting > MostNesting)
            {
                return TooDeep;
            }
        }

        return null;
    }

    /// <summary>Why a body could not be parsed after all.</summary>
    public static string Reason(Exception e) =>
        e is ArgumentException && e.Message.Contains("depth limit", StringComparison.Ordinal) ? TooDeep : $"the text cannot be read as Markdown ({e.Message})";

    private static bool TakesBack(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = line.Trim();
        return text.StartsWith("{:") || text.StartsWith("<!--") || text.StartsWith("[") || text.StartsWith("*[")
            || !text.IsEmpty && text[0] is '-' or '=' or '^' && !text.ContainsAnyExcept(text[0], ' ');
    }

    private static int Openers(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int at = text.IndexOfAny(Marks); at >= 0; at = text.IndexOfAny(Marks))
        {
            count++;
            text = text[(at + 1)..];
        }

        return count;
    }
}
