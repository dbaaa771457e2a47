using System.Globalization;
using Syndication.Site;

namespace Syndication.Transports;

/// <summary>A reply of an SMTP server, as it came.</summary>
/// <param name="Code">Three digits, or whatever the server said.</param>
/// <param name="Text">The lines without the code, with \n between them; may be empty.</param>
internal sealed record SmtpReply(int Code, string Text)
{
    private const int MostDigits = 3;

    /// <summary>The RFC 3463 code that begins a line of the text, or null. One of another class than the reply code is a mistake, and ignored.</summary>
    public string? EnhancedCode =>
        Text.Split('\n').Select(EnhancedCodeOf).FirstOrDefault(c => c is not null && c[0] - '0' == Code / 100);

    /// <summary>The whole reply on one line, never empty.</summary>
    public string Line
    {
        get
        {
            string[] parts = Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

            // Servers repeat the enhanced code on every line; once is enough to read.
            IEnumerable<string> lines = parts.Select((p, i) => i > 0 && EnhancedCodeOf(p) is string code ? p[code.Length..].TrimStart() : p);
            string text = string.Join(' ', lines);
            return OneLine.Of(string.Create(CultureInfo.InvariantCulture, $"{Code} {(text.Length > 0 ? text : "(no reason given)")}"));
        }
    }

    private static string? EnhancedCodeOf(string line)
    {
        string first = line.TrimStart().Split([' ', '\t', '\r'], 2)[0];
        string[] numbers = first.Split('.');
        return numbers is ["2" or "4" or "5", _, _] && numbers.Skip(1).All(IsNumber) ? first : null;
    }

    private static bool IsNumber(string text) => text.Length is > 0 and <= MostDigits && text.All(char.IsAsciiDigit);
}
