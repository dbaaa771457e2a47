using System.Globalization;

namespace Syndication.Web;

/// <summary>How bytes are coded on the way (RFC 9110 section 8.4).</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Which coding a client gets of those there are (RFC 9110 section 12.5.3). Pure.</summary>
internal static class Encodings
{
    /// <param name="acceptEncoding">The header as sent, or null.</param>
    /// <param name="hasBrotli">False where there is gzip alone.</param>
    public static ContentCoding Choose(string? acceptEncoding, bool hasBrotli = true)
    {
        if (string.IsNullOrEmpty(acceptEncoding))
        {
            return ContentCoding.Identity;
        }

        double brotli = hasBrotli ? Quality(acceptEncoding, "br") : 0;
        double gzip = Quality(acceptEncoding, "gzip");
        return brotli > 0 && brotli >= gzip ? ContentCoding.Brotli : gzip > 0 ? ContentCoding.Gzip : ContentCoding.Identity;
    }

    private static double Quality(string header, string coding)
    {
        double any = 0;
        foreach (string part in header.Split(','))
        {
            string[] pieces = part.Split(';');
            string name = pieces[0].Trim();
            double quality = 1;
            foreach (string parameter in pieces.Skip(1).Select(p => p.Trim()))
            {
                if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                    && !double.TryParse(parameter.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality))
                {
                    quality = 0;
                }
            }

            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                return quality;
            }

            any = name == "*" ? quality : any;
        }

        return any;
    }
}
