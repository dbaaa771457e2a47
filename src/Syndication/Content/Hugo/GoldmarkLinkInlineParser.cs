using System.Buffers;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Hugo;

/// <summary>
/// Makes addresses in running text links, as Goldmark's linkify does it for Hugo: those of http, https and ftp, those that begin
/// with www., and mail addresses. An address ends before the first character that is not ASCII.
/// </summary>
internal sealed class GoldmarkLinkInlineParser : InlineParser
{
    private const int LongestHost = 256;
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(Alphanumeric + "-@:%._+~#=");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Alphanumeric + "-@:%_+.~#$!?&/=();,'\">^{}[]`");
    private static readonly SearchValues<char> LocalCharacters = SearchValues.Create(Alphanumeric + ".!#$%&'*+/=?^_`{|}~-");
    private static readonly SearchValues<char> DomainCharacters = SearchValues.Create(Alphanumeric + "-.");

    public GoldmarkLinkInlineParser()
    {
        OpeningCharacters = ['h', 'f', 'w', '@'];
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        ReadOnlySpan<char> text = slice.AsSpan();
        if (text[0] == '@')
        {
            return Mail(processor, ref slice);
        }

        int scheme = text.StartsWith("https://") ? 8 : text.StartsWith("http://") ? 7 : text.StartsWith("ftp://") ? 6 : 0;
        bool isWww = scheme == 0 && text.StartsWith("www.");
        if (scheme == 0 && !isWww || !MayBegin(processor, slice, slice.Start))
        {
            return false;
        }

        int length = Length(text, isWww ? 4 : scheme);
        if (length == 0)
        {
            return false;
        }

        string written = text[..length].ToString();
        Add(processor, slice, slice.Start, length, (isWww ? "https://" : "") + written);
        slice.Start += length;
        return true;
    }

    /// <summary>The length of the address whose host begins at <paramref name="host"/>; 0 where it has no top level domain.</summary>
    private static int Length(ReadOnlySpan<char> text, int host)
    {
        ReadOnlySpan<char> rest = text[host..];
        ReadOnlySpan<char> near = rest[..Math.Min(rest.Length, LongestHost + 1)];
        int run = near.IndexOfAnyExcept(HostCharacters) is int other and >= 0 ? other : near.Length;
        int dot = run - 1;
        while (dot > 0 && !(rest[dot] == '.' && dot + 1 < rest.Length && char.IsAsciiLetterLower(rest[dot + 1])))
        {
            dot--;
        }

        if (dot <= 0)
        {
            return 0;
        }

        int end = dot + 1;
        while (end < rest.Length && char.IsAsciiLetterLower(rest[end]))
        {
            end++;
        }

        if (end + 1 < rest.Length && rest[end] == ':' && char.IsAsciiDigit(rest[end + 1]))
        {
            end++;
            while (end < rest.Length && char.IsAsciiDigit(rest[end]))
            {
                end++;
            }
        }

        if (end < rest.Length && rest[end] is '/' or '#' or '?')
        {
            int tail = rest[(end + 1)..].IndexOfAnyExcept(PathCharacters);
            end = tail < 0 ? rest.Length : end + 1 + tail;
        }

        return host + Trimmed(rest[..end]);
    }

    /// <summary>Without what closes the sentence rather than the address.</summary>
    private static int Trimmed(ReadOnlySpan<char> address)
    {
        ReadOnlySpan<char> kept = address;
        if (kept[^1] == ')')
        {
            int unmatched = kept.Count(')') - kept.Count('(');
            kept = kept[..^Math.Max(0, Math.Min(unmatched, kept.Length - 1))];
        }
        else if (kept[^1] == ';')
        {
            int name = kept.Length - 2;
            while (name > 0 && char.IsAsciiLetterOrDigit(kept[name]))
            {
                name--;
            }

            kept = name < kept.Length - 2 && kept[name] == '&' ? kept[..name] : kept;
        }

        return kept.TrimEnd("?!.,:*_~").Length;
    }

    /// <summary>What stands before the sign has been read as text already, and is taken back.</summary>
    private static bool Mail(InlineProcessor processor, ref StringSlice slice)
    {
        if (processor.Inline is not LiteralInline before || before.Content.Text != slice.Text || before.Content.End != slice.Start - 1)
        {
            return false;
        }

        int start = slice.Start;
        while (start > before.Content.Start && LocalCharacters.Contains(slice.Text[start - 1]))
        {
            start--;
        }

        ReadOnlySpan<char> after = slice.AsSpan()[1..];
        int run = after.IndexOfAnyExcept(DomainCharacters) is int other and >= 0 ? other : after.Length;
        ReadOnlySpan<char> domain = after[..run].TrimEnd('.');
        bool goesOn = domain.Length < after.Length && after[domain.Length] is '_';
        if (start == slice.Start || !char.IsAsciiLetterOrDigit(slice.Text[start]) || !MayBegin(processor, slice, start)
            || goesOn || domain.IsEmpty || domain[^1] == '-' || !domain.Contains('.') || domain.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        int length = slice.Start - start + 1 + domain.Length;
        before.Content.End = start - 1;
        Add(processor, slice, start, length, string.Concat("mailto:", slice.Text.AsSpan(start, length)));
        slice.Start = start + length;
        return true;
    }

    /// <summary>An address begins a line, or stands after white space, one of * _ ~ ( or something that is no text; never within a link.</summary>
    private static bool MayBegin(InlineProcessor processor, StringSlice slice, int start)
    {
        for (Inline? outer = processor.Inline; outer is not null; outer = outer.Parent)
        {
            if (outer is LinkDelimiterInline { IsActive: true })
            {
                return false;
            }
        }

        bool afterText = processor.Inline is LiteralInline before && before.Content.Text == slice.Text && before.Content.End >= start - 1
            && before.Content.Start < start;
        return !afterText || char.IsWhiteSpace(slice.Text[start - 1]) || slice.Text[start - 1] is '*' or '_' or '~' or '(';
    }

    private static void Add(InlineProcessor processor, StringSlice slice, int start, int length, string url)
    {
        LinkInline link = new()
        {
            Url = url,
            IsAutoLink = true,
            IsClosed = true,
            Span = new SourceSpan(processor.GetSourcePosition(start, out int line, out int column), processor.GetSourcePosition(start + length - 1)),
            Line = line,
            Column = column,
        };
        link.AppendChild(new LiteralInline
        {
            Content = new StringSlice(slice.Text, start, start + length - 1),
            Span = link.Span,
            Line = line,
            Column = column,
            IsClosed = true,
        });
        processor.Inline = link;
    }
}
