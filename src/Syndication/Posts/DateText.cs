using System.Globalization;

namespace Syndication.Posts;

/// <summary>A date as people write it, before a time zone gives it meaning.</summary>
/// <param name="Local">The wall clock, to the microsecond.</param>
/// <param name="Offset">From UTC, where the text names it.</param>
/// <param name="IsTimestamp">True for YAML's own form, year first and with seconds: without an offset YAML means UTC.</param>
internal readonly record struct WrittenDate(DateTime Local, TimeSpan? Offset, bool IsTimestamp);

/// <summary>
/// Reads dates in the spellings found in front matter and file names: 2020-01-31, 31-1-2020, 2020/1/31, 20200131,
/// 31 Jan 2020, January 31st, 2020, Fri, 31 Jan 2020, each with a time (8:05, 08:05:09.123456789, 8:05 pm) and a zone
/// (Z, +9, +0900, +09:00, EST). Pure.
/// </summary>
internal ref struct DateText
{
    private ReadOnlySpan<char> _rest;

    private DateText(ReadOnlySpan<char> text) => _rest = text.Trim();

    /// <summary>The date, or null when the text is none.</summary>
    public static WrittenDate? Read(string text) => new DateText(text).Read();

    private WrittenDate? Read()
    {
        Weekday();
        bool compact = Compact(out DateTime date, out TimeSpan time);
        bool yearFirst = false;
        if (!compact && !Date(out date, out yearFirst))
        {
            return null;
        }

        bool hasSeconds = compact && time != TimeSpan.Zero;
        bool separated = Separator();
        bool hasTime = !compact && separated && Time(out time, out hasSeconds);
        TimeSpan? offset = null;
        bool named = false;
        if (!Zone(ref offset, ref named))
        {
            return null;
        }

        // A zone behind a date without a time is ignored, as Ruby does: the day is the site's.
        offset = hasTime || compact && time != TimeSpan.Zero ? offset : null;
        return new WrittenDate(date + time, offset, yearFirst && hasTime && hasSeconds && !named);
    }

    private void Weekday()
    {
        ReadOnlySpan<char> word = Peek(char.IsAsciiLetter);
        if (word.Length >= 3 && Index(word, CultureInfo.InvariantCulture.DateTimeFormat.DayNames) >= 0)
        {
            _rest = _rest[word.Length..].TrimStart(" ,.");
        }
    }

    /// <summary>20200131, 202001310805, 20200131080509.</summary>
    private bool Compact(out DateTime date, out TimeSpan time)
    {
        (date, time) = (default, default);
        ReadOnlySpan<char> digits = Peek(char.IsAsciiDigit);
        if (digits.Length is not (8 or 12 or 14) || !TryDate(Int(digits[..4]), Int(digits[4..6]), Int(digits[6..8]), out date))
        {
            return false;
        }

        int hour = digits.Length > 8 ? Int(digits[8..10]) : 0;
        int minute = digits.Length > 8 ? Int(digits[10..12]) : 0;
        int second = digits.Length > 12 ? Int(digits[12..14]) : 0;
        _rest = _rest[digits.Length..];
        return TryTime(hour, minute, second, 0, out time);
    }

    private bool Date(out DateTime date, out bool yearFirst)
    {
        (date, yearFirst) = (default, false);
        if (Month(out int month))
        {
            // January 31st, 2020
            return Skip(" -.") && Digits(out int day, out _) && Ordinal() && Skip(" -,.") && Digits(out int year, out int length)
                && length == 4 && TryDate(year, month, day, out date);
        }

        if (!Digits(out int first, out int firstLength) || _rest.IsEmpty)
        {
            return false;
        }

        char separator = _rest[0];
        Ordinal();
        Skip(" -/.");
        if (Month(out month))
        {
            // 31 Jan 2020, 2020-Jan-31
            Skip(" -,./");
            return Digits(out int last, out _)
                && (firstLength >= 3 ? TryDate(first, month, last, out date) : TryDate(last, month, first, out date));
        }

        if (separator is not ('-' or '/' or '.') || !Digits(out int second, out _) || !Next(separator)
            || !Digits(out int third, out int thirdLength))
        {
            return false;
        }

        yearFirst = firstLength == 4 && separator == '-';
        return firstLength < 3 && thirdLength >= 3
            ? TryDate(third, second, first, out date)
            : TryDate(firstLength < 3 ? Century(first) : first, second, third, out date);
    }

    /// <summary>Ruby's rule for years of two digits.</summary>
    private static int Century(int year) => year + (year >= 69 ? 1900 : 2000);

    /// <summary>True at the end, or when something stands between date and time.</summary>
    private bool Separator()
    {
        int before = _rest.Length;
        _rest = _rest.TrimStart(" \t,");
        if (_rest.StartsWith("at ", StringComparison.OrdinalIgnoreCase))
        {
            _rest = _rest[3..].TrimStart();
        }
        else if (_rest.Length > 1 && _rest[0] is 'T' or 't' && char.IsAsciiDigit(_rest[1]))
        {
            _rest = _rest[1..];
        }

        return _rest.Length != before;
    }

    private bool Time(out TimeSpan time, out bool hasSeconds)
    {
        (time, hasSeconds) = (default, false);
        DateText before = this;
        if (!Digits(out int hour, out int length) || length > 2 || !Next(':') || !Digits(out int minute, out length) || length != 2)
        {
            this = before;
            return false;
        }

        int second = 0;
        int microseconds = 0;
        if (Next(':') && Digits(out second, out _))
        {
            hasSeconds = true;
            if (Next('.') || Next(','))
            {
                ReadOnlySpan<char> fraction = Peek(char.IsAsciiDigit);
                microseconds = fraction.IsEmpty ? 0 : Int($"{fraction[..Math.Min(6, fraction.Length)]}".PadRight(6, '0'));
                _rest = _rest[fraction.Length..];
            }
        }

        ReadOnlySpan<char> half = _rest.TrimStart();
        bool pm = half.StartsWith("pm", StringComparison.OrdinalIgnoreCase);
        if (pm || half.StartsWith("am", StringComparison.OrdinalIgnoreCase))
        {
            hour = hour % 12 + (pm ? 12 : 0);
            hasSeconds = false;
            _rest = half[2..];
        }

        if (TryTime(hour, minute, second, microseconds, out time))
        {
            return true;
        }

        this = before;
        return false;
    }

    /// <summary>False when what is left is no zone; an unknown name is taken for the site's zone, as Ruby does.</summary>
    private bool Zone(ref TimeSpan? offset, ref bool named)
    {
        _rest = _rest.TrimStart();
        ReadOnlySpan<char> name = Peek(c => char.IsAsciiLetter(c) || c is '/' or '_');
        if (!name.IsEmpty)
        {
            offset = Named(name);
            named = name is not "Z";
            _rest = _rest[name.Length..];
        }

        if (!_rest.IsEmpty && _rest[0] is '+' or '-')
        {
            int sign = _rest[0] == '-' ? -1 : 1;
            _rest = _rest[1..];
            if (!Digits(out int hours, out int length) || length > 4)
            {
                return false;
            }

            int minutes = length > 2 ? hours % 100 : Next(':') && Digits(out int after, out _) ? after : 0;
            hours = length > 2 ? hours / 100 : hours;
            offset = hours < 24 && minutes < 60 ? sign * new TimeSpan(hours, minutes, 0) : null;
            if (offset is null)
            {
                return false;
            }

            // 12:00:00 +0200 CEST, GMT+0200 (CEST): the name adds nothing.
            _rest = _rest.TrimStart().TrimStart('(');
            _rest = _rest[Peek(char.IsAsciiLetter).Length..].TrimStart(')');
        }

        return _rest.IsWhiteSpace();
    }

    private static TimeSpan? Named(ReadOnlySpan<char> name)
    {
        Span<char> upper = stackalloc char[Math.Min(name.Length, 4)];
        name[..upper.Length].ToUpperInvariant(upper);
        int? hours = upper switch
        {
            "Z" or "UT" or "UTC" or "GMT" => 0,
            "EST" => -5,
            "EDT" => -4,
            "CST" => -6,
            "CDT" => -5,
            "MST" => -7,
            "MDT" => -6,
            "PST" => -8,
            "PDT" => -7,
            _ => null,
        };
        return hours is int known ? TimeSpan.FromHours(known) : null;
    }

    private bool Month(out int month)
    {
        ReadOnlySpan<char> word = Peek(char.IsAsciiLetter);
        month = word.Length >= 3 ? Index(word, CultureInfo.InvariantCulture.DateTimeFormat.MonthNames) + 1 : 0;
        _rest = month > 0 ? _rest[word.Length..] : _rest;
        return month > 0;
    }

    /// <summary>The name that the word is, or abbreviates by its first three letters or more.</summary>
    private static int Index(ReadOnlySpan<char> word, string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return word is "Sept" or "sept" ? 8 : -1;
    }

    private bool Ordinal()
    {
        foreach (string ending in (ReadOnlySpan<string>)["st", "nd", "rd", "th"])
        {
            if (_rest.StartsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                _rest = _rest[2..];
            }
        }

        return true;
    }

    private bool Skip(string characters)
    {
        _rest = _rest.TrimStart(characters);
        return true;
    }

    private bool Next(char expected)
    {
        bool found = !_rest.IsEmpty && _rest[0] == expected;
        _rest = found ? _rest[1..] : _rest;
        return found;
    }

    private bool Digits(out int value, out int length)
    {
        ReadOnlySpan<char> digits = Peek(char.IsAsciiDigit);
        length = digits.Length;
        value = length is 0 or > 6 ? 0 : Int(digits);
        _rest = _rest[length..];
        return length is > 0 and <= 6;
    }

    private readonly ReadOnlySpan<char> Peek(Func<char, bool> belongs)
    {
        int length = 0;
        while (length < _rest.Length && belongs(_rest[length]))
        {
            length++;
        }

        return _rest[..length];
    }

    private static int Int(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Days up to 31 that a month lacks run into the next, as in Ruby: 2020-02-30 is March 1.</summary>
    private static bool TryDate(int year, int month, int day, out DateTime date)
    {
        bool valid = year is > 0 and < 9999 && month is > 0 and <= 12 && day is > 0 and <= 31;
        date = valid ? new DateTime(year, month, 1).AddDays(day - 1) : default;
        return valid;
    }

    private static bool TryTime(int hour, int minute, int second, int microseconds, out TimeSpan time)
    {
        bool valid = hour < 24 && minute < 60 && second <= 60 || hour == 24 && minute == 0 && second == 0;
        time = valid ? new TimeSpan(0, hour, minute, second, 0, microseconds) : default;
        return valid;
    }
}
