using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>A file's bytes as text: Unicode by its byte order mark, else UTF-8, with line ends as line feeds. Pure.</summary>
internal static class PostText
{
    /// <summary>Windows-1252's characters for the bytes 80 to 9F; bytes without a character keep their number.</summary>
    private const string Windows1252 =
        "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
        "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    /// <summary>True for UTF-8 without NUL bytes, which is what a text without a byte order mark is.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.Contains((byte)0);

    /// <summary>
    /// The text, or null with an error in <paramref name="problems"/>. Bytes that are not UTF-8 are read as Windows-1252,
    /// so that nothing is lost, with a warning at the first of them.
    /// </summary>
    public static string? Decode(string path, ReadOnlySpan<byte> bytes, List<Problem> problems)
    {
        string text = Marked(bytes) ?? Unmarked(path, bytes, problems);
        int nul = text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            problems.Add(Problem.Error(path, Lines(text.AsSpan(0, nul)), "the file holds a NUL character", "text in UTF-8"));
            return null;
        }

        return text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;
    }

    /// <summary>UTF-32 is asked for first: its little-endian mark begins with UTF-16's.</summary>
    private static string? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, .. var rest] => Encoding.UTF32.GetString(rest),
        [0, 0, 0xFE, 0xFF, .. var rest] => new UTF32Encoding(bigEndian: true, byteOrderMark: true).GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ => null,
    };

    private static string Unmarked(string path, ReadOnlySpan<byte> bytes, List<Problem> problems)
    {
        ReadOnlySpan<byte> content = bytes is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : bytes;
        return Utf8.IsValid(content) ? Encoding.UTF8.GetString(content) : Repaired(path, content, problems);
    }

    private static string Repaired(string path, ReadOnlySpan<byte> bytes, List<Problem> problems)
    {
        StringBuilder text = new(bytes.Length);
        bool warned = false;
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
            if (status == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                if (!warned)
                {
                    const string what = "the file is not UTF-8 here; the bytes that are not were read as Windows-1252";
                    problems.Add(Problem.Warning(path, Lines(text.ToString()), what));
                    warned = true;
                }

                foreach (byte b in bytes[..length])
                {
                    text.Append(b is >= 0x80 and <= 0x9F ? Windows1252[b - 0x80] : (char)b);
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>The line, counted from 1, on which the text after <paramref name="before"/> stands.</summary>
    private static int Lines(ReadOnlySpan<char> before) => before.Count('\n') + before.Count('\r') - before.Count("\r\n") + 1;
}
