namespace Syndication.Posts;

/// <summary>A time of day as people write it.</summary>
/// <param name="Time">From midnight, to the microsecond; a whole day for 24:00.</param>
/// <param name="Offset">From UTC, where the text names it.</param>
/// <param name="IsPlain">It has seconds, and nothing behind it but an offset in digits or Z.</param>
internal readonly record struct WrittenTime(TimeSpan Time, TimeSpan? Offset, bool IsPlain);

/// <summary>Reads times such as 8:05, 08:05:09.123456789 +0900, 8:05 pm EST, 10:00Z. Pure.</summary>
internal static class ClockText
{
    /// <summary>Skips what stands between a date and a time: white space, a comma, a T, the word at.</summary>
    public static void SkipSeparator(ref TextScanner scanner)
    {
        scanner.Skip(" \t,");
        TextScanner before = scanner;
        if (scanner.Next('T') || scanner.Next('t') || scanner.Next("at "))
        {
            scanner.Skip(" ");
            scanner = scanner.Rest is [>= '0' and <= '9', ..] ? scanner : before;
        }
    }

    /// <summary>The time, or null when there is none here, or none that a clock shows.</summary>
    public static WrittenTime? Read(TextScanner scanner)
    {
        if (!scanner.Number(out int hour, out int hourLength) || hourLength > 2 || !scanner.Next(':')
            || !scanner.Number(out int minute, out int minuteLength) || minuteLength > 2)
        {
            return null;
        }

        int microseconds = 0;
        int second = 0;
        bool hasSeconds = scanner.Next(':') && scanner.Number(out second, out _);
        if (hasSeconds && (scanner.Next('.') || scanner.Next(',')))
        {
            microseconds = Microseconds(scanner.Digits());
        }

        scanner.Skip(" \t");
        bool pm = scanner.Next("pm");
        bool isHalf = pm || scanner.Next("am");
        hour = isHalf ? (hour % 12) + (pm ? 12 : 0) : hour;
        bool named = char.IsAsciiLetter(scanner.Rest is [var c, ..] && c != 'Z' ? c : ' ');
        TimeSpan? offset = Offset(ref scanner);
        return TryTime(hour, minute, second, microseconds, out TimeSpan time)
            ? new WrittenTime(time, offset, hasSeconds && !isHalf && !named && scanner.Rest.IsEmpty)
            : null;
    }

    /// <summary>
    /// Z, +9, +0900, +09:00, the names that RFC 822 knows, GMT+0100 (CET). Null for any other name: Ruby takes such a time for
    /// the site's.
    /// </summary>
    public static TimeSpan? Offset(ref TextScanner scanner)
    {
        scanner.Skip(" \t");
        TimeSpan? named = Named(scanner.ZoneName());
        bool minus = scanner.Next('-');
        if (!minus && !scanner.Next('+') || !scanner.Number(out int hours, out int length) || length > 4)
        {
            return named;
        }

        int minutes = length > 2 ? hours % 100 : scanner.Next(':') && scanner.Number(out int after, out _) ? after : 0;
        hours = length > 2 ? hours / 100 : hours;
        scanner.Skip(" \t");
        return hours < 24 && minutes < 60 ? new TimeSpan(hours, minutes, 0) * (minus ? -1 : 1) : named;
    }

    public static bool TryTime(int hour, int minute, int second, int microseconds, out TimeSpan time)
    {
        bool valid = hour < 24 && minute < 60 && second <= 60 || hour == 24 && minute == 0 && second == 0;
        time = valid ? new TimeSpan(0, hour, minute, second, 0, microseconds) : default;
        return valid;
    }

    private static int Microseconds(ReadOnlySpan<char> fraction)
    {
        int value = 0;
        for (int i = 0; i < 6; i++)
        {
            value = (value * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        return value;
    }

    private static TimeSpan? Named(ReadOnlySpan<char> name)
    {
        Span<char> upper = stackalloc char[Math.Min(name.Length, 4)];
        name[..upper.Length].ToUpperInvariant(upper);
        int? hours = upper switch
        {
            "Z" or "UT" or "UTC" or "GMT" => 0,
            "EST" or "CDT" => -5,
            "EDT" => -4,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            _ => null,
        };
        return hours is int known ? TimeSpan.FromHours(known) : null;
    }
}
