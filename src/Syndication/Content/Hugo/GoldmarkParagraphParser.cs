using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Syndication.Content.Hugo;

/// <summary>Paragraphs, in which Goldmark finds tables once all their lines are known.</summary>
internal sealed class GoldmarkParagraphParser : ParagraphBlockParser
{
    public override bool Close(BlockProcessor processor, Block block)
    {
        bool stays = base.Close(processor, block);
        if (!stays || block is not ParagraphBlock { Parent: ContainerBlock parent } paragraph || GoldmarkTable.Take(ref paragraph.Lines) is not Table table)
        {
            return stays;
        }

        int index = parent.LastChild == block ? parent.Count - 1 : parent.IndexOf(block);
        parent.Insert(index + 1, table);
        if (paragraph.Lines.Count == 0)
        {
            return false;
        }

        paragraph.Lines.Lines[paragraph.Lines.Count - 1].Slice.TrimEnd();
        return true;
    }
}
