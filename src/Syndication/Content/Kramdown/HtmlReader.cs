using System.Text;
using Markdig.Helpers;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>Reads HTML blocks: an element goes to its closing tag; in it is Markdown where an attribute or an option says so.</summary>
internal static class HtmlReader
{
    /// <summary>Deepest nesting of elements that is followed.</summary>
    private const int Deepest = 250;

    public static bool TryRead(BlockReader reader, out bool closed)
    {
        closed = false;
        BlockText source = reader.Source;
        int start = source.At;
        if (source.Text.AsSpan(start).StartsWith("<!--"))
        {
            int end = source.Find("-->", start);
            if (end < 0)
            {
                return false;
            }

            source.At = end + 3;
            source.SkipBlankRest();
            HtmlBlock comment = Raw("<!-- -->");
            comment.Type = HtmlBlockType.Comment;
            comment.Span = source.IsWholeBody ? new SourceSpan(start, end + 2) : default;
            reader.Children.Add(comment);
            return true;
        }

        int open = start + Lines.Spaces(source.Line(start));
        if (KramdownTag.TryRead(source.Text, open, out KramdownTag tag) && !tag.IsSpan)
        {
            source.At = tag.End;
            Pieces pieces = new();
            Element(reader, tag, pieces, insideRaw: false, depth: 0);
            Block block = pieces.ToBlock();
            reader.Add(block, start);
            return true;
        }

        if (reader.Element is not null && KramdownTag.TryReadClosing(source.Text, open, out string name, out int behind) && name == reader.Element)
        {
            source.At = behind;
            closed = true;
            return true;
        }

        return false;
    }

    private static HtmlBlock Raw(string html) => new(null!) { Lines = new StringLineGroup(html) };

    /// <summary>Reads on behind the tag of an element, to the end of the element.</summary>
    private static void Element(BlockReader reader, KramdownTag tag, Pieces pieces, bool insideRaw, int depth)
    {
        BlockText source = reader.Source;
        // What is left out whole is so up to its end tag, whatever is in it.
        bool isVerbatim = SafeMarkup.RemovedWhole.Contains(tag.Name);
        ContentModel model = tag.Markdown switch
        {
            "1" => tag.Model,
            "0" => ContentModel.Raw,
            "span" => ContentModel.Span,
            "block" => ContentModel.Block,
            _ => !insideRaw && reader.Document.Options.ParseBlockHtml ? tag.Model : ContentModel.Raw,
        };
        if (!isVerbatim && model == ContentModel.Block)
        {
            source.SkipBlankRest();
        }

        if (tag.IsClosed || tag.IsVoid)
        {
            pieces.Append(tag.IsClosed && !tag.IsVoid ? tag.Opening[..^3] + ">" + tag.Closing : tag.Opening);
            return;
        }

        if (isVerbatim || model == ContentModel.Span)
        {
            string text = isVerbatim && source.Find("</" + tag.Name, source.At) < 0 ? ToBlankLine(source) : ToClosing(source, tag.Name);
            if (isVerbatim)
            {
                pieces.Append(tag.Opening + text + tag.Closing);
                return;
            }

            TextParagraph inner = new() { IsBare = true };
            inner.Written.Append(text);
            pieces.Add(new HtmlElementBlock { Opening = tag.Opening, Closing = tag.Closing }, [inner]);
        }
        else if (model == ContentModel.Block && depth < Deepest)
        {
            BlockReader inner = new(reader.Document, source, reader.Depth + 1, tag.Name);
            inner.ReadAll();
            pieces.Add(new HtmlElementBlock { Opening = tag.Opening, Closing = tag.Closing }, inner.Children);
        }
        else
        {
            pieces.Append(tag.Opening);
            ReadRaw(reader, tag.Name, pieces, depth);
            pieces.Append(tag.Closing);
        }

        if (!insideRaw)
        {
            source.SkipBlankRest();
        }
    }

    private static void ReadRaw(BlockReader reader, string name, Pieces pieces, int depth)
    {
        BlockText source = reader.Source;
        string text = source.Text;
        while (!source.IsAtEnd)
        {
            int bracket = text.IndexOf('<', source.At);
            if (bracket < 0)
            {
                break;
            }

            pieces.Append(text.AsSpan(source.At, bracket - source.At));
            source.At = bracket;
            if (KramdownTag.TryReadClosing(text, bracket, out string closing, out int end))
            {
                source.At = end;
                if (closing == name)
                {
                    return;
                }

                pieces.Append(KramdownTag.Escape(text.AsSpan(bracket, end - bracket)));
            }
            else if (KramdownTag.TryRead(text, bracket, out KramdownTag tag))
            {
                source.At = tag.End;
                if (depth < Deepest)
                {
                    Element(reader, tag, pieces, insideRaw: true, depth + 1);
                }
                else
                {
                    pieces.Append(tag.Opening);
                }
            }
            else
            {
                SkipNoTag(source, pieces);
            }
        }

        pieces.Append(text.AsSpan(source.At));
        source.At = text.Length;
    }

    private static void SkipNoTag(BlockText source, Pieces pieces)
    {
        ReadOnlySpan<char> rest = source.Text.AsSpan(source.At);
        int end = rest.StartsWith("<!--") ? source.Find("-->", source.At) + 3 : rest.StartsWith("<?") ? source.Find("?>", source.At) + 2 : 0;
        if (end > 3)
        {
            source.At = end;
            return;
        }

        pieces.Append("&lt;");
        source.At++;
    }

    private static string ToBlankLine(BlockText source)
    {
        int start = source.At;
        while (!source.IsAtEnd && !Lines.IsBlank(source.Line(source.At)))
        {
            source.At = source.EndOfLine(source.At);
        }

        return source.Text[start..source.At];
    }

    /// <summary>What stands before the closing tag, or the rest where there is none; reading goes on behind it.</summary>
    private static string ToClosing(BlockText source, string name)
    {
        int start = source.At;
        for (int at = source.Find("</" + name, start); at >= 0; at = source.Find("</" + name, at + 2))
        {
            if (KramdownTag.TryReadClosing(source.Text, at, out string found, out int end) && found.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                source.At = end;
                return source.Text[start..at];
            }
        }

        source.At = source.Text.Length;
        return source.Text[start..];
    }

    /// <summary>What an element is made of: raw HTML, and elements with Markdown in them.</summary>
    private sealed class Pieces
    {
        private readonly StringBuilder _raw = new();
        private readonly List<Block> _blocks = [];

        public void Append(ReadOnlySpan<char> html) => _raw.Append(html);

        public void Add(HtmlElementBlock element, IEnumerable<Block> children)
        {
            Flush();
            BlockReader.Fill(element, children);
            _blocks.Add(element);
        }

        public Block ToBlock()
        {
            Flush();
            if (_blocks.Count == 1)
            {
                return _blocks[0];
            }

            HtmlElementBlock all = new() { Opening = "", Closing = "" };
            BlockReader.Fill(all, _blocks);
            return all;
        }

        private void Flush()
        {
            if (_raw.Length > 0)
            {
                _blocks.Add(Raw(_raw.ToString()));
                _raw.Clear();
            }
        }
    }
}
