using System.Buffers;
using System.Collections.Frozen;
using Markdig.Extensions.Emoji;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Syndication.Content.Hugo;

/// <summary>Reads :smile: and its like, where a site's enableEmoji asks for it; in code they stay.</summary>
internal sealed class GoldmarkEmojiInlineParser : InlineParser
{
    private const int Longest = 64;
    private static readonly FrozenDictionary<string, string> Known = EmojiMapping.GetDefaultEmojiShortcodeToUnicode().ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-");

    public GoldmarkEmojiInlineParser()
    {
        OpeningCharacters = [':'];
    }

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        ReadOnlySpan<char> text = slice.AsSpan();
        ReadOnlySpan<char> near = text[1..Math.Min(text.Length, Longest)];
        int end = near.IndexOfAnyExcept(NameCharacters) + 1;
        if (end < 2 || text[end] != ':' || !Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..(end + 1)], out string? emoji))
        {
            return false;
        }

        processor.Inline = new LiteralInline
        {
            Content = new StringSlice(emoji),
            Span = new SourceSpan(processor.GetSourcePosition(slice.Start, out int line, out int column), slice.Start + end),
            Line = line,
            Column = column,
            IsClosed = true,
        };
        slice.Start += end + 1;
        return true;
    }
}
