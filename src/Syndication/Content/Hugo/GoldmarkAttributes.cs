using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Syndication.Content.Hugo;

/// <summary>Reads {#id .class key=value} as Goldmark does, at the end of a heading or on the line below a block.</summary>
internal static class GoldmarkAttributes
{
    /// <summary>For a heading's line: takes the list off its end and gives it to the heading.</summary>
    public static bool TryReadHeading(BlockProcessor processor, ref StringSlice line, IBlock block)
    {
        ReadOnlySpan<char> text = line.AsSpan();
        ReadOnlySpan<char> trimmed = text.TrimEnd();
        int brace = trimmed.LastIndexOf('{');
        if (block is not HeadingBlock heading || brace < 0 || brace > 0 && text[brace - 1] == '\\')
        {
            return false;
        }

        HtmlAttributes attributes = heading.GetAttributes();
        if (!TryRead(trimmed[brace..], attributes))
        {
            return false;
        }

        line.End = line.Start + brace - 1;
        line.TrimEnd();
        return true;
    }

    /// <summary>Whether all of the text is one list; then the id and the classes in it are set.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, HtmlAttributes attributes)
    {
        if (text is not ['{', .. var inner, '}'])
        {
            return false;
        }

        string? id = null;
        List<string> classes = [];
        while (true)
        {
            inner = inner.TrimStart(" \t,");
            if (inner.IsEmpty)
            {
                break;
            }

            char first = inner[0];
            int name = first is '#' or '.' ? 1 : 0;
            int length = name;
            while (length < inner.Length && (char.IsLetterOrDigit(inner[length]) || inner[length] is '_' or '-' or ':' || inner[length] == '.' && first != '.'))
            {
                length++;
            }

            if (length == name)
            {
                return false;
            }

            string word = inner[name..length].ToString();
            inner = inner[length..];
            if (first == '#')
            {
                id = word;
            }
            else if (first == '.')
            {
                classes.Add(word);
            }
            else
            {
                int end = inner is ['=', .. var rest] ? ValueLength(rest) : 0;
                if (end == 0)
                {
                    return false;
                }

                string value = inner[1..(end + 1)].Trim('"').ToString();
                id = word == "id" ? value : id;
                classes.AddRange(word == "class" ? value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : []);
                inner = inner[(end + 1)..];
            }
        }

        attributes.Id = id ?? attributes.Id;
        classes.ForEach(attributes.AddClass);
        return true;
    }

    /// <summary>The length of a value: a quoted text, a list in brackets, a number or a word; 0 where none stands.</summary>
    private static int ValueLength(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('['))
        {
            return text.IndexOf(']') + 1;
        }

        if (!text.StartsWith('"'))
        {
            int word = text.IndexOfAny(" \t,");
            return word < 0 ? text.Length : word;
        }

        int at = 1;
        while (at < text.Length && text[at] != '"')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return at < text.Length ? at + 1 : 0;
    }
}

/// <summary>Takes a line {#id .class} below a block out of the text, where the site's configuration lets blocks have attributes.</summary>
internal sealed class GoldmarkAttributeBlockParser : BlockParser
{
    public GoldmarkAttributeBlockParser()
    {
        OpeningCharacters = ['{'];
    }

    public override BlockState TryOpen(BlockProcessor processor)
    {
        HtmlAttributes read = new();
        if (processor.IsCodeIndent || !GoldmarkAttributes.TryRead(processor.Line.AsSpan().Trim(), read))
        {
            return BlockState.None;
        }

        if (processor.CurrentBlock is ParagraphBlock paragraph)
        {
            processor.Close(paragraph);
        }

        if (read.Id is not null && processor.CurrentContainer?.LastChild is Block before)
        {
            before.GetAttributes().Id ??= read.Id;
        }

        return BlockState.BreakDiscard;
    }
}
