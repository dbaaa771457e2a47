using System.Globalization;

namespace Syndication.Web;

/// <summary>Whether a client has what it asks for already (RFC 9110 section 13). Pure.</summary>
internal static class Conditional
{
    /// <param name="ifNoneMatch">The header as sent, or null; it alone decides when present (RFC 9110 section 13.2.2).</param>
    /// <param name="ifModifiedSince">The header as sent, or null; one that is no date is ignored.</param>
    /// <param name="etag">The current entity tag with its quotes.</param>
    /// <param name="lastModified">In whole seconds; null when it is not known.</param>
    public static bool IsNotModified(string? ifNoneMatch, string? ifModifiedSince, string etag, DateTimeOffset? lastModified)
    {
        if (!string.IsNullOrWhiteSpace(ifNoneMatch))
        {
            return Tags(ifNoneMatch).Any(tag => tag == "*" || tag == etag);
        }

        return lastModified is DateTimeOffset changed
            && DateTimeOffset.TryParseExact(ifModifiedSince, ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"],
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out DateTimeOffset since)
            && changed <= since;
    }

    /// <summary>The entity tags of If-None-Match with their quotes, for weak comparison (section 8.8.3.2): W/ says nothing there.</summary>
    public static IEnumerable<string> Tags(string ifNoneMatch) =>
        ifNoneMatch.Split(',').Select(tag => tag.Trim()).Select(tag => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag);
}
