using System.Text;

namespace Syndication.Content.Kramdown;

/// <summary>What an attribute list says, in the order written: .class, #id, key="value", and names of lists defined elsewhere.</summary>
internal sealed class AttributeList
{
    /// <summary>Longest list over several lines, in characters.</summary>
    public const int Longest = 2_000;

    public string? Id { get; private set; }

    public List<string> Classes { get; } = [];

    public List<(string Name, string Value)> Pairs { get; } = [];

    public List<string> References { get; } = [];

    public bool IsEmpty => Id is null && Classes.Count + Pairs.Count + References.Count == 0;

    /// <summary>
    /// Reads what stands between the braces, after the colon. What is no attribute is passed over; a backslash before
    /// punctuation in a value is the writer's or the editor's escape and is read away.
    /// </summary>
    public static AttributeList Read(ReadOnlySpan<char> text)
    {
        AttributeList list = new();
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] is '.' or '#')
            {
                int end = EndOf(text, at + 1, c => !char.IsWhiteSpace(c) && c is not ('.' or '#'));
                string name = text[(at + 1)..end].ToString();
                if (name.Length > 0 && text[at] == '.')
                {
                    list.Classes.Add(name);
                }
                else if (name.Length > 0)
                {
                    list.Id = name;
                }

                at = end;
            }
            else
            {
                at = list.Word(text, at);
            }
        }

        return list;
    }

    /// <summary>The end of the list that begins with this brace: the place of its closing brace, or -1.</summary>
    public static int EndOfList(ReadOnlySpan<char> text, int brace)
    {
        for (int i = brace + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '}')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>True for what may be the name of a list or of a footnote.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] == '-')
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>This list and then another.</summary>
    public AttributeList With(AttributeList other)
    {
        AttributeList both = new() { Id = other.Id ?? Id };
        both.Classes.AddRange([.. Classes, .. other.Classes]);
        both.Pairs.AddRange([.. Pairs, .. other.Pairs]);
        both.References.AddRange([.. References, .. other.References]);
        return both;
    }

    private int Word(ReadOnlySpan<char> text, int at)
    {
        int end = EndOf(text, at, c => char.IsLetterOrDigit(c) || c is '_' or '-' or ':');
        if (end == at)
        {
            return at + 1;
        }

        string name = text[at..end].ToString();
        if (end >= text.Length || text[end] != '=')
        {
            References.Add(name);
            return end;
        }

        int value = end + 1;
        if (value < text.Length && text[value] is '"' or '\'')
        {
            int close = value + 1;
            while (close < text.Length && text[close] != text[value])
            {
                close += text[close] == '\\' ? 2 : 1;
            }

            close = Math.Min(close, text.Length);
            Pairs.Add((name, Unescaped(text[(value + 1)..close])));
            return close + 1;
        }

        int bare = EndOf(text, value, c => !char.IsWhiteSpace(c));
        Pairs.Add((name, Unescaped(text[value..bare])));
        return bare;
    }

    private static int EndOf(ReadOnlySpan<char> text, int at, Func<char, bool> belongs)
    {
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return at;
    }

    private static string Unescaped(ReadOnlySpan<char> value)
    {
        StringBuilder plain = new(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && (char.IsPunctuation(value[i + 1]) || char.IsSymbol(value[i + 1])))
            {
                i++;
            }

            plain.Append(value[i]);
        }

        return plain.ToString();
    }
}
