using System.Text;

namespace Syndication.Editions;

/// <summary>
/// Breaks the long lines of plain text at spaces, keeping what a quote or list item begins with. Code, which is indented by four
/// spaces, and addresses, which would no longer work, stay whole.
/// </summary>
internal static class TextWrap
{
    public const int Columns = 72;

    public static string Of(string text)
    {
        StringBuilder wrapped = new(text.Length + text.Length / 32);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            Wrap(line.TrimEnd(), wrapped);
        }

        return wrapped.ToString().TrimEnd('\n') + "\n";
    }

    private static void Wrap(ReadOnlySpan<char> line, StringBuilder wrapped)
    {
        (int start, string further) = Lead(line);
        if (line.Length <= Columns || start < 0)
        {
            wrapped.Append(line).Append('\n');
            return;
        }

        wrapped.Append(line[..start]);
        int column = start;
        bool fresh = true;
        foreach (Range range in line[start..].Split(' '))
        {
            ReadOnlySpan<char> word = line[start..][range];
            if (!fresh && column + 1 + word.Length > Columns)
            {
                wrapped.Append('\n').Append(further);
                column = further.Length;
                fresh = true;
            }

            if (!fresh)
            {
                wrapped.Append(' ');
                column++;
            }

            wrapped.Append(word);
            column += word.Length;
            fresh = false;
        }

        wrapped.Append('\n');
    }

    /// <summary>Where a line's words begin, or -1 for code; and what its further lines begin with.</summary>
    private static (int Start, string Further) Lead(ReadOnlySpan<char> line)
    {
        StringBuilder rest = new();
        int at = 0;
        int spaces = 0;
        while (at < line.Length && line[at] is ' ' or '>')
        {
            spaces = line[at] == ' ' ? spaces + 1 : 0;
            rest.Append(line[at++]);
        }

        int marker = Marker(line[at..]);
        return spaces >= 4 && marker == 0 ? (-1, "") : (at + marker, rest.Append(' ', marker).ToString());
    }

    /// <summary>The length of "- ", "12. " or "[3] " at the beginning, else zero.</summary>
    private static int Marker(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("- "))
        {
            return 2;
        }

        int digits = text.StartsWith("[") ? 1 : 0;
        int end = digits;
        while (end < text.Length && end < digits + 4 && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        ReadOnlySpan<char> close = digits == 1 ? "] " : ". ";
        return end > digits && text[end..].StartsWith(close) ? end + 2 : 0;
    }
}
