using System.Globalization;

namespace Syndication.Posts;

/// <summary>Reads a short text from the left; what was read is gone. Copy it to be able to go back.</summary>
internal ref struct TextScanner(ReadOnlySpan<char> text)
{
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;
    private static readonly string[] Weekdays = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;

    /// <summary>What is left.</summary>
    public ReadOnlySpan<char> Rest { get; private set; } = text.Trim();

    public void Skip(ReadOnlySpan<char> characters) => Rest = Rest.TrimStart(characters);

    public bool Next(char expected)
    {
        bool found = !Rest.IsEmpty && Rest[0] == expected;
        Rest = found ? Rest[1..] : Rest;
        return found;
    }

    /// <summary>The word at the beginning in any case, as it stands there.</summary>
    public bool Next(string word)
    {
        bool found = Rest.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        Rest = found ? Rest[word.Length..] : Rest;
        return found;
    }

    /// <summary>A number of one to six digits.</summary>
    public bool Number(out int value, out int length)
    {
        ReadOnlySpan<char> digits = Digits();
        length = digits.Length;
        value = length is 0 or > 6 ? 0 : Int(digits);
        return length is > 0 and <= 6;
    }

    public ReadOnlySpan<char> Digits() => Take(Length(static c => char.IsAsciiDigit(c)));

    public ReadOnlySpan<char> Letters() => Take(Length(static c => char.IsAsciiLetter(c)));

    /// <summary>A zone's name or abbreviation, such as CET or Europe/Berlin.</summary>
    public ReadOnlySpan<char> ZoneName() => Take(Length(static c => char.IsAsciiLetter(c) || c is '/' or '_'));

    /// <summary>1 to 12 for a month's English name or its first three letters or more; else 0, and nothing was read.</summary>
    public int Month()
    {
        TextScanner before = this;
        ReadOnlySpan<char> word = Letters();
        int month = word is "Sept" or "sept" ? 9 : Index(word, Months) + 1;
        if (month == 0)
        {
            this = before;
        }

        return month;
    }

    public void SkipWeekday()
    {
        TextScanner before = this;
        if (Index(Letters(), Weekdays) < 0)
        {
            this = before;
        }

        Skip(" ,.");
    }

    public static int Int(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Index(ReadOnlySpan<char> word, string[] names)
    {
        for (int i = 0; i < names.Length && word.Length >= 3; i++)
        {
            if (names[i].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private readonly int Length(Func<char, bool> belongs)
    {
        int length = 0;
        while (length < Rest.Length && belongs(Rest[length]))
        {
            length++;
        }

        return length;
    }

    private ReadOnlySpan<char> Take(int length)
    {
        ReadOnlySpan<char> taken = Rest[..length];
        Rest = Rest[length..];
        return taken;
    }
}
