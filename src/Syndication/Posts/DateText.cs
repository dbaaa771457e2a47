using System.Globalization;

namespace Syndication.Posts;

/// <summary>A date as people write it, before a time zone gives it meaning.</summary>
/// <param name="Local">The wall clock, to the microsecond.</param>
/// <param name="Offset">From UTC, where the text names it.</param>
/// <param name="IsTimestamp">True for YAML's own form, year first and with seconds: without an offset YAML means UTC.</param>
internal readonly record struct WrittenDate(DateTime Local, TimeSpan? Offset, bool IsTimestamp);

/// <summary>
/// Reads dates in the spellings found in front matter and file names: 2020-01-31, 31-1-2020, 2020/1/31, 20200131,
/// 31 Jan 2020, January 31st, 2020, each with a weekday before it, and a time and zone behind (<see cref="ClockText"/>).
/// What follows and is neither is ignored, as Ruby does. Pure.
/// </summary>
internal static class DateText
{
    /// <summary>The date, or null when the text is none, or has a time that no clock shows.</summary>
    public static WrittenDate? Read(string text)
    {
        TextScanner scanner = new(text);
        scanner.SkipWeekday();
        if (Compact(ref scanner, out DateTime date, out TimeSpan time))
        {
            return new WrittenDate(date + time, time == TimeSpan.Zero ? null : ClockText.Offset(ref scanner), IsTimestamp: false);
        }

        if (!Date(ref scanner, out date, out bool yearFirst))
        {
            return null;
        }

        ClockText.SkipSeparator(ref scanner);
        if (ClockText.Read(scanner) is WrittenTime clock)
        {
            bool overflows = clock.Time >= TimeSpan.FromDays(1) && date == DateTime.MaxValue.Date;
            return overflows ? null : new WrittenDate(date + clock.Time, clock.Offset, yearFirst && clock.IsPlain);
        }

        // A zone behind a date without a time says nothing: the day is the site's. A colon is a time that could not be read.
        return scanner.Rest.Contains(':') ? null : new WrittenDate(date, null, IsTimestamp: false);
    }

    /// <summary>20200131, 202001310805, 20200131080509.</summary>
    private static bool Compact(ref TextScanner scanner, out DateTime date, out TimeSpan time)
    {
        (date, time) = (default, default);
        TextScanner before = scanner;
        ReadOnlySpan<char> digits = scanner.Digits();
        int number(Range range, ReadOnlySpan<char> of) => TextScanner.Int(of[range]);
        bool read = digits.Length is 8 or 12 or 14
            && TryDate(number(..4, digits), number(4..6, digits), number(6..8, digits), out date)
            && (digits.Length == 8 || ClockText.TryTime(
                number(8..10, digits), number(10..12, digits), digits.Length == 14 ? number(12..14, digits) : 0, 0, out time));
        scanner = read ? scanner : before;
        return read;
    }

    private static bool Date(ref TextScanner scanner, out DateTime date, out bool yearFirst)
    {
        (date, yearFirst) = (default, false);
        int month = scanner.Month();
        if (month > 0)
        {
            return MonthFirst(ref scanner, month, out date);
        }

        if (!scanner.Number(out int first, out int firstLength) || scanner.Rest.IsEmpty)
        {
            return false;
        }

        char separator = scanner.Rest[0];
        SkipOrdinal(ref scanner);
        scanner.Skip(" -/.");
        month = scanner.Month();
        if (month > 0)
        {
            scanner.Skip(" -,./");
            return scanner.Number(out int last, out _)
                && (firstLength >= 3 ? TryDate(first, month, last, out date) : TryDate(last, month, first, out date));
        }

        if (separator is not ('-' or '/' or '.') || !scanner.Number(out int second, out _) || !scanner.Next(separator)
            || !scanner.Number(out int third, out int thirdLength))
        {
            return false;
        }

        yearFirst = firstLength == 4 && separator == '-';
        return firstLength < 3 && thirdLength >= 3
            ? TryDate(third, second, first, out date)
            : TryDate(firstLength < 3 ? Century(first) : first, second, third, out date);
    }

    /// <summary>January 31st, 2020; and Jan 31 10:11:12 2020, where the scanner stays before the time.</summary>
    private static bool MonthFirst(ref TextScanner scanner, int month, out DateTime date)
    {
        date = default;
        scanner.Skip(" -.");
        if (!scanner.Number(out int day, out _))
        {
            return false;
        }

        SkipOrdinal(ref scanner);
        scanner.Skip(" -,.");
        TextScanner behindDay = scanner;
        if (!scanner.Number(out int year, out int length))
        {
            return false;
        }

        if (length < 4 && scanner.Rest is [':', .., ' ', _, _, _, _] && int.TryParse(scanner.Rest[^4..], NumberStyles.None, CultureInfo.InvariantCulture, out int last))
        {
            scanner = behindDay;
            return TryDate(last, month, day, out date);
        }

        return length == 4 && TryDate(year, month, day, out date);
    }

    private static void SkipOrdinal(ref TextScanner scanner) =>
        _ = scanner.Next("st") || scanner.Next("nd") || scanner.Next("rd") || scanner.Next("th");

    /// <summary>Ruby's rule for years of two digits.</summary>
    private static int Century(int year) => year + (year >= 69 ? 1900 : 2000);

    /// <summary>Days up to 31 that a month lacks run into the next, as in Ruby: 2020-02-30 is March 1.</summary>
    private static bool TryDate(int year, int month, int day, out DateTime date)
    {
        bool valid = year is > 0 and <= 9999 && month is > 0 and <= 12 && day is > 0 and <= 31;
        date = valid ? new DateTime(year, month, 1).AddDays(day - 1) : default;
        return valid;
    }
}
