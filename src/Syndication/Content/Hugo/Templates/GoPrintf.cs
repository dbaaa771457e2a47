using System.Globalization;
using System.Text;

namespace Syndication.Content.Hugo.Templates;

/// <summary>Go's fmt.Sprintf, as far as templates use it. Pure.</summary>
internal static class GoPrintf
{
    private const int Widest = 1_000;

    public static string Of(string format, ReadOnlySpan<object?> arguments)
    {
        StringBuilder text = new();
        int next = 0;
        for (int at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                text.Append(format[at]);
                continue;
            }

            at++;
            int flags = at;
            while (at < format.Length && format[at] is '-' or '+' or ' ' or '0' or '#')
            {
                at++;
            }

            string flag = format[flags..Math.Min(at, format.Length)];
            int? width = Number(format, ref at);
            int? precision = null;
            if (at < format.Length && format[at] == '.')
            {
                at++;
                precision = Number(format, ref at) ?? 0;
            }

            if (at >= format.Length)
            {
                text.Append("%!(NOVERB)");
            }
            else if (format[at] == '%')
            {
                text.Append('%');
            }
            else
            {
                string value = next < arguments.Length ? Verb(format[at], arguments[next], flag, precision) : $"%!{format[at]}(MISSING)";
                next++;
                text.Append(Padded(value, flag, width ?? 0));
            }
        }

        return text.ToString();
    }

    private static string Verb(char verb, object? value, string flags, int? precision)
    {
        switch (verb)
        {
            case 's' or 'v':
                string text = GoValues.Print(value);
                return verb == 's' && precision < text.Length ? text[..precision.Value] : text;
            case 'd' when value is long whole:
                return Signed(whole.ToString(CultureInfo.InvariantCulture), flags);
            case 'f' or 'e' or 'g' when value is long or double:
                double number = GoValues.Number(value)!.Value;
                return Signed(verb == 'f'
                    ? number.ToString($"F{Math.Min(precision ?? 6, 30)}", CultureInfo.InvariantCulture)
                    : number.ToString(CultureInfo.InvariantCulture), flags);
            case 'x' or 'X' when value is long hex:
                return hex.ToString(verb.ToString(), CultureInfo.InvariantCulture);
            case 't' when value is bool flag:
                return flag ? "true" : "false";
            case 'q':
                return Quoted(GoValues.Text(value));
            case 'T':
                return value switch { null => "<nil>", bool => "bool", long => "int", double => "float64", string => "string", GoHtml => "template.HTML", _ => "value" };
            default:
                return $"%!{verb}({GoValues.Print(value)})";
        }
    }

    private static string Quoted(string text) => "\"" + text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "\"";

    private static string Signed(string number, string flags) => flags.Contains('+', StringComparison.Ordinal) && number[0] != '-' ? "+" + number : number;

    private static string Padded(string value, string flags, int width) =>
        flags.Contains('-', StringComparison.Ordinal) ? value.PadRight(width)
        : flags.Contains('0', StringComparison.Ordinal) && value.Length < width
            ? value[0] is '-' or '+' ? value[0] + value[1..].PadLeft(width - 1, '0') : value.PadLeft(width, '0')
        : value.PadLeft(width);

    private static int? Number(string format, ref int at)
    {
        int start = at;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
        {
            at++;
        }

        return at == start ? null : Math.Min(int.TryParse(format.AsSpan(start, at - start), out int number) ? number : Widest, Widest);
    }
}
