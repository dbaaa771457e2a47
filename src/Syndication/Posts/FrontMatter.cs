using Syndication.Site;

namespace Syndication.Posts;

/// <summary>How a file's front matter is written.</summary>
internal enum FrontMatterFormat
{
    None,
    Yaml,
    Toml,
    Json,
}

/// <summary>A file taken apart: what stands before the text, and the text.</summary>
/// <param name="Format">None when the file is all body.</param>
/// <param name="Map">Keys and values; empty without front matter.</param>
/// <param name="Source">The front matter as written, without its fences.</param>
/// <param name="SourceLine">The line of the file at which <paramref name="Source"/> begins, counted from 1.</param>
/// <param name="Body">The text after the front matter.</param>
/// <param name="BodyLine">The line of the file at which <paramref name="Body"/> begins, counted from 1.</param>
internal sealed record FrontMatter(
    FrontMatterFormat Format, DataMap Map, string Source, int SourceLine, string Body, int BodyLine)
{
    /// <summary>
    /// True for a YAML scalar without quotes on this line of the file: YAML itself gives such a one a type, which decides
    /// whether a time without an offset is UTC.
    /// </summary>
    public bool IsPlainScalar(int line)
    {
        if (Format != FrontMatterFormat.Yaml)
        {
            return false;
        }

        int number = SourceLine;
        foreach (ReadOnlySpan<char> text in Source.AsSpan().EnumerateLines())
        {
            if (number++ == line)
            {
                ReadOnlySpan<char> value = text[(text.IndexOf(':') + 1)..].TrimStart();
                return value.IsEmpty || value[0] is not ('"' or '\'');
            }
        }

        return true;
    }
}
