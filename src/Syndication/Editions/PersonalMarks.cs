using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Syndication.Editions;

/// <summary>What differs between the subscribers who get the same variant. The value is the letter in the mark.</summary>
internal enum PersonalPlace
{
    Address = 'a',
    Name = 'n',
    UnsubscribeUrl = 'u',
}

/// <summary>
/// Marks personal places in composed text. A mark begins with a seal: the hash of everything that a template could print. A post
/// cannot hold the hash of a text that it is part of, so no post can forge a mark, and the same variant has the same bytes each time.
/// </summary>
internal static class PersonalMarks
{
    private const int SealBytes = 16;

    /// <summary>The seal of a model: a letter and hexadecimal digits, the same in HTML, text and addresses.</summary>
    public static string SealOf(string key, IReadOnlyDictionary<string, object?> model)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, key);
        Add(hash, model);
        return "p" + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, SealBytes));
    }

    public static string Of(string seal, PersonalPlace place) => $"{seal}{(char)place}";

    /// <summary>The text in pieces, each with the place that follows it; the last has none.</summary>
    public static ImmutableArray<(string Text, PersonalPlace? Next)> Split(string text, string seal)
    {
        ImmutableArray<(string, PersonalPlace?)>.Builder pieces = ImmutableArray.CreateBuilder<(string, PersonalPlace?)>();
        int from = 0;
        for (int at = text.IndexOf(seal, StringComparison.Ordinal); at >= 0; at = text.IndexOf(seal, from, StringComparison.Ordinal))
        {
            int letter = at + seal.Length;
            PersonalPlace place = letter < text.Length ? (PersonalPlace)text[letter] : default;
            if (!Enum.IsDefined(place))
            {
                throw new FormatException("a mark of the composed text is broken");
            }

            pieces.Add((text[from..at], place));
            from = letter + 1;
        }

        pieces.Add((text[from..], null));
        return pieces.ToImmutable();
    }

    /// <summary>The text with every personal place filled in.</summary>
    public static string Fill(string text, string seal, Func<PersonalPlace, string> value) =>
        string.Concat(Split(text, seal).Select(piece => piece.Next is PersonalPlace place ? piece.Text + value(place) : piece.Text));

    /// <summary>How often a place is marked.</summary>
    public static int Count(string text, string seal, PersonalPlace place) => text.AsSpan().Count(Of(seal, place));

    private static void Add(IncrementalHash hash, object? value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                foreach ((string key, object? inner) in map)
                {
                    Add(hash, key);
                    Add(hash, inner);
                }

                break;
            case IReadOnlyList<object?> list:
                Add(hash, list.Count.ToString(CultureInfo.InvariantCulture));
                foreach (object? inner in list)
                {
                    Add(hash, inner);
                }

                break;
            default:
                byte[] bytes = Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                hash.AppendData(BitConverter.GetBytes(bytes.Length));
                hash.AppendData(bytes);
                break;
        }
    }
}
