using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>Reads kramdown's marks that only separate: ^ on a line of its own, and the one-line extension {::options … /}.</summary>
internal sealed class EndOfBlockParser : BlockParser
{
    public EndOfBlockParser()
    {
        OpeningCharacters = ['^', '{'];
    }

    public override BlockState TryOpen(BlockProcessor processor)
    {
        ReadOnlySpan<char> line = processor.Line.AsSpan().TrimEnd();
        bool separates = line is "^" || line.StartsWith("{::options ") && line.EndsWith("/}");
        if (processor.IsCodeIndent || !separates)
        {
            return BlockState.None;
        }

        processor.NewBlocks.Push(new SeparatorBlock(this) { Lines = new StringLineGroup(1), Column = processor.Column, Span = new SourceSpan(processor.Start, processor.Line.End) });
        return BlockState.BreakDiscard;
    }

    public override bool Close(BlockProcessor processor, Block block) => false;

    private sealed class SeparatorBlock(BlockParser parser) : LeafBlock(parser);
}

/// <summary>Reads {::comment} and {::nomarkdown} with what is in them, up to their stop tag: the first is dropped, the second is raw HTML.</summary>
internal sealed class ExtensionBlockParser : BlockParser
{
    public ExtensionBlockParser()
    {
        OpeningCharacters = ['{'];
    }

    public override BlockState TryOpen(BlockProcessor processor)
    {
        ReadOnlySpan<char> line = processor.Line.AsSpan().TrimEnd();
        bool comment = line is "{::comment}";
        bool raw = !comment && line.StartsWith("{::nomarkdown") && line.EndsWith("}");
        if (processor.IsCodeIndent || !comment && !raw)
        {
            return BlockState.None;
        }

        string text = processor.Line.Text;
        int stop = VainSearches.Find(processor.Document, text, "{:/", processor.Start);
        int end = stop < 0 ? -1 : text.IndexOf('}', stop);
        if (end < 0)
        {
            return BlockState.None;
        }

        processor.NewBlocks.Push(new ExtensionBlock(this)
        {
            Column = processor.Column,
            Span = new SourceSpan(processor.Start, processor.Line.End),
            Type = HtmlBlockType.Comment,
            Lines = new StringLineGroup(4),
            IsComment = comment,
            Stops = stop,
        });
        return BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        ExtensionBlock extension = (ExtensionBlock)block;
        block.Span.End = processor.Line.End;
        if (processor.Line.End >= extension.Stops)
        {
            return BlockState.BreakDiscard;
        }

        return extension.IsComment ? BlockState.ContinueDiscard : BlockState.Continue;
    }

    public override bool Close(BlockProcessor processor, Block block) => !((ExtensionBlock)block).IsComment;

    private sealed class ExtensionBlock(BlockParser parser) : HtmlBlock(parser)
    {
        public bool IsComment { get; init; }

        public int Stops { get; init; }
    }
}
