using System.Globalization;
using System.Text;
using Fluid;
using Fluid.Filters;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>Liquid's filter date as its Ruby original has it.</summary>
internal static class DateFormat
{
    /// <summary>The last second of the year 9000, which is a date in every zone.</summary>
    private const long LatestSecond = 221_876_000_000;

    /// <summary>Directives that stand for others; %Z is not among them, as it is the date's.</summary>
    private static readonly Dictionary<string, string> Longer = new(StringComparer.Ordinal)
    {
        ["%c"] = "%a %b %e %H:%M:%S %Y",
        ["%x"] = "%m/%d/%y",
        ["%X"] = "%H:%M:%S",
    };

    /// <summary>The date in this format; what is no date, and everything without a format, stays as it is.</summary>
    public static async ValueTask<FluidValue> Apply(FluidValue input, string format, TemplateContext context)
    {
        FluidValue dated = Seconds(input) is long seconds ? NumberValue.Create(seconds) : input;
        if (format.Length == 0 || !TryRead(dated, context, out DateTimeOffset date))
        {
            return input;
        }

        return await MiscFilters.Date(dated, new FilterArguments(new StringValue(Written(format, () => Zone(input, date, context.TimeZone)))), context);
    }

    /// <summary>Reads a date: a text that is one, or whole seconds since 1970.</summary>
    public static bool TryRead(FluidValue input, TemplateContext context, out DateTimeOffset date)
    {
        date = default;
        bool canBe = input is StringValue or DateTimeValue || input is NumberValue && input.ToNumberValue() is { Scale: 0 } number && Math.Abs(number) <= LatestSecond;
        return canBe && input.TryGetDateTimeInput(context, out date);
    }

    /// <summary>Seconds since 1970 that are written as a text.</summary>
    private static long? Seconds(FluidValue input) =>
        input is StringValue && long.TryParse(input.ToStringValue(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds <= LatestSecond ? seconds : null;

    private static string Written(string format, Func<string> zone)
    {
        StringBuilder written = new();
        for (int at = 0; at < format.Length; at++)
        {
            string directive = format[at] == '%' && at + 1 < format.Length ? format.Substring(at, 2) : format[at..(at + 1)];
            written.Append(directive == "%Z" ? zone() : Longer.GetValueOrDefault(directive, directive));
            at += directive.Length - 1;
        }

        return written.ToString();
    }

    /// <summary>What %Z writes: the zone's own name of the time, UTC, and nothing for an offset that is another's.</summary>
    private static string Zone(FluidValue input, DateTimeOffset date, TimeZoneInfo zone)
    {
        bool hasOffset = input is StringValue && input.ToStringValue() is [.., 'Z'] or [.., '+' or '-', _, _, _, _] or [.., '+' or '-', _, _, ':', _, _];
        TimeSpan offset = zone.GetUtcOffset(date);
        return !hasOffset || date.Offset == offset ? ZoneNames.Of(zone, date)
            : date.Offset == TimeSpan.Zero ? "UTC"
            : "";
    }
}
