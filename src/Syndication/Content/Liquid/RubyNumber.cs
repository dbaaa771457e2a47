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
            return Result(rounded, whole: digits == 0 || HasNoPoint(input));
        });
        filters.AddFilter("abs", (input, _, _) => Result(Math.Abs(Read(input)), HasNoPoint(input)));
        filters.AddFilter("ceil", (input, _, _) => NumberValue.Create(Math.Ceiling(Read(input))));
        filters.AddFilter("floor", (input, _, _) => NumberValue.Create(Math.Floor(Read(input))));
        filters.AddFilter("at_least", (input, arguments, _) => Read(arguments.At(0)) > Read(input) ? Number(arguments.At(0)) : Number(input));
        filters.AddFilter("at_most", (input, arguments, _) => Read(arguments.At(0)) < Read(input) ? Number(arguments.At(0)) : Number(input));
    }

    /// <summary>A number with a point; one that no decimal can hold becomes its text.</summary>
    public static FluidValue Of(double number)
    {
        string digits = number.ToString("R", CultureInfo.InvariantCulture);
        return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            ? NumberValue.Create(exact.Scale > 0 ? exact : exact * 1.0m)
            : new StringValue(WithPoint(digits));
    }

    /// <summary>A number as Ruby prints it: 2, 2.0, 1.0e-05.</summary>
    public static string Text(decimal number) =>
        number.Scale == 0 ? number.ToString(CultureInfo.InvariantCulture) : WithPoint(((double)number).ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The number at the beginning of a value's text; 0 without one, and of lists and mappings.</summary>
    public static decimal Read(FluidValue value)
    {
        if (value is NumberValue)
        {
            return value.ToNumberValue();
        }

        string text = value is StringValue ? value.ToStringValue().Trim() : "";
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

    private static string WithPoint(string digits)
    {
        int exponent = digits.IndexOf('E', StringComparison.Ordinal);
        string mantissa = exponent < 0 ? digits : digits[..exponent];
        return (mantissa.Contains('.', StringComparison.Ordinal) ? mantissa : mantissa + ".0") + (exponent < 0 ? "" : "e" + digits[(exponent + 1)..]);
    }

    private static FluidValue Number(FluidValue value) => Result(Read(value), HasNoPoint(value));

    private static void Add(FilterCollection filters, string name, Func<decimal, decimal, decimal> operation) =>
        filters.AddFilter(name, (input, arguments, _) =>
        {
            (decimal one, decimal other, bool whole) = Operands(input, arguments.At(0));
            return Result(operation(one, other), whole);
        });

    private static FluidValue Result(decimal value, bool whole) => whole ? NumberValue.Create(decimal.Truncate(value)) : Of(value == 0 ? 0 : (double)value);

    private static (decimal One, decimal Other, bool Whole) Operands(FluidValue one, FluidValue other) =>
        (Read(one), Read(other), HasNoPoint(one) && HasNoPoint(other));

    private static bool HasNoPoint(FluidValue value) => value is NumberValue
        ? value.ToNumberValue().Scale == 0
        : !decimal.TryParse(value.ToStringValue(), Written, CultureInfo.InvariantCulture, out decimal number) || number.Scale == 0;
}
