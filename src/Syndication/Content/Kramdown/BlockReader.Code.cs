using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>Blocks of code and of mathematics.</summary>
internal sealed partial class BlockReader
{
    private void ReadCode()
    {
        int start = Source.At;
        int end = CodeEnd(Source, start);
        List<string> lines = [];
        int at = start;
        while (at < end)
        {
            ReadOnlySpan<char> line = Source.Line(at);
            at = Source.EndOfLine(at);
            int spaces = Lines.Spaces(line);
            if (lines.Count > 0 && spaces < 4 && spaces < line.Length && !char.IsWhiteSpace(line[spaces]))
            {
                // A line that only follows is part of the one before.
                lines[^1] += " " + line.ToString();
            }
            else
            {
                lines.Add((line.StartsWith("\t") ? line[1..] : line.StartsWith("    ") ? line[4..] : line).ToString());
            }
        }

        CodeBlock code = new(null!) { Lines = new StringLineGroup(string.Join('\n', lines)) };
        Source.At = end;
        Add(code, start);
    }

    /// <summary>The place behind indented lines and what follows them lazily.</summary>
    public static int CodeEnd(BlockText source, int at)
    {
        while (true)
        {
            int next = source.BehindBlankLines(at);
            if (next >= source.Text.Length || !Lines.IsIndented(source.Line(next)))
            {
                return at;
            }

            at = source.EndOfLine(next);
            while (at < source.Text.Length && !source.EndsLaziness(at))
            {
                at = source.EndOfLine(at);
            }
        }
    }

    private bool TryFence(ReadOnlySpan<char> line)
    {
        if (!Lines.IsFence(line) || !Document.Options.IsGfm && !line.StartsWith("~~~"))
        {
            return false;
        }

        int start = Source.At;
        ReadOnlySpan<char> rest = line.TrimStart(' ');
        int length = rest.IndexOfAnyExcept(rest[0]);
        length = length < 0 ? rest.Length : length;
        ReadOnlySpan<char> language = rest[length..].Trim();
        string fence = rest[..length].ToString();
        if (language.IndexOfAny(' ', '\t') >= 0 || Source.IsInVain(fence + " fence", start))
        {
            return false;
        }

        int body = Source.EndOfLine(start);
        int at = body;
        while (at < Source.Text.Length)
        {
            ReadOnlySpan<char> candidate = Source.Line(at);
            int spaces = Lines.Spaces(candidate);
            if (spaces <= 3 && candidate[spaces..].StartsWith(fence) && Lines.IsBlank(candidate[spaces..].TrimStart(fence[0])))
            {
                AddFenced(start, Source.Text[body..at], language, Source.EndOfLine(at));
                return true;
            }

            at = Source.EndOfLine(at);
        }

        Source.RememberInVain(fence + " fence", start);
        return false;
    }

    private void AddFenced(int start, string text, ReadOnlySpan<char> language, int end)
    {
        FencedCodeBlock code = new(null!) { Lines = new StringLineGroup(text.TrimEnd('\n')) };
        if (!language.IsEmpty)
        {
            int question = language.IndexOf('?');
            code.Info = (question > 0 ? language[..question] : language).ToString();
            Markdig.Renderers.Html.HtmlAttributesExtensions.GetAttributes(code).AddClass("language-" + code.Info);
        }

        Source.At = end;
        Add(code, start);
    }

    private bool TryMath()
    {
        int start = Source.At;
        int open = start + Lines.Spaces(Source.Line(start));
        bool escaped = Source.Text[open] == '\\';
        int inner = open + (escaped ? 3 : 2);
        if (inner > Source.Text.Length)
        {
            return false;
        }

        if (!IsAfterBoundary || !Source.Text.AsSpan(inner - 2).StartsWith("$$"))
        {
            return false;
        }

        int close = Source.Find("$$", inner);
        if (close < 0)
        {
            return false;
        }

        int end = close + 2;
        if (end < Source.Text.Length && Lines.IsBlank(Source.Line(end)))
        {
            end = Source.EndOfLine(end);
            Source.At += escaped ? open + 1 - start : 0;
        }

        if (escaped || !IsBeforeBoundary(end))
        {
            return false;
        }

        Source.At = end;
        Add(new MathBlock(null!) { Lines = new StringLineGroup(Source.Text[inner..close].Trim()) }, start);
        return true;
    }
}
