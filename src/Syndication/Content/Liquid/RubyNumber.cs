using System.Globalization;
using Fluid;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>
/// Liquid's arithmetic with Ruby's numbers: what has a point is a double, printed in as few digits as name it and always with a
/// point; division and remainder of whole numbers round down.
/// </summary>
internal static class RubyNumber
{
    private const NumberStyles Written = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    public static void AddTo(FilterCollection filters)
    {
        Add(filters, "plus", (a, b) => a + b);
        Add(filters, "minus", (a, b) => a - b);
        Add(filters, "times", (a, b) => a * b);
        filters.AddFilter("divided_by", (input, arguments, _) =>
        {
            (decimal one, decimal other, bool whole) = Operands(input, arguments.At(0));
            return other == 0 ? NilValue.Instance : whole ? NumberValue.Create(Math.Floor(one / other)) : Of((double)one / (double)other);
        });
        filters.AddFilter("modulo", (input, arguments, _) =>
        {
            (decimal one, decimal other, bool whole) = Operands(input, arguments.At(0));
            return other == 0 ? NilValue.Instance : Result(one - (other * Math.Floor(one / other)), whole);
        });
        filters.AddFilter("round", (input, arguments, _) =>
        {
            int digits = (int)Math.Clamp(arguments.At(0).ToNumberValue(), 0, 15);
            decimal rounded = Math.Round(Read(input), digits, MidpointRounding.AwayFromZero);
            return Result(rounded, whole: digits == 0);
        });
    }

    /// <summary>The number as Ruby prints it.</summary>
    public static FluidValue Of(double number)
    {
        string digits = number.ToString("R", CultureInfo.InvariantCulture);
        bool plain = decimal.TryParse(digits, Written, CultureInfo.InvariantCulture, out decimal exact);
        return NumberValue.Create(!plain ? (decimal)number : digits.Contains('.', StringComparison.Ordinal) ? exact : exact * 1.0m);
    }

    private static void Add(FilterCollection filters, string name, Func<decimal, decimal, decimal> operation) =>
        filters.AddFilter(name, (input, arguments, _) =>
        {
            (decimal one, decimal other, bool whole) = Operands(input, arguments.At(0));
            return Result(operation(one, other), whole);
        });

    private static FluidValue Result(decimal value, bool whole) => whole ? NumberValue.Create(decimal.Truncate(value)) : Of((double)value);

    private static (decimal One, decimal Other, bool Whole) Operands(FluidValue one, FluidValue other) =>
        (Read(one), Read(other), HasNoPoint(one) && HasNoPoint(other));

    private static bool HasNoPoint(FluidValue value) => value is NumberValue
        ? value.ToNumberValue().Scale == 0
        : !decimal.TryParse(value.ToStringValue(), Written, CultureInfo.InvariantCulture, out decimal number) || number.Scale == 0;

    /// <summary>The number at the beginning of a text; 0 without one.</summary>
    private static decimal Read(FluidValue value)
    {
        if (value is NumberValue)
        {
            return value.ToNumberValue();
        }

        string text = value.ToStringValue().Trim();
        if (decimal.TryParse(text, Written, CultureInfo.InvariantCulture, out decimal number))
        {
            return number;
        }

        int end = text.StartsWith('-') ? 1 : 0;
        while (end < text.Length && end < 28 && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return decimal.TryParse(text.AsSpan(0, end), Written, CultureInfo.InvariantCulture, out number) ? number : 0;
    }
}
