using System.Collections.Immutable;

namespace Syndication.Posts;

/// <summary>Categories and tags. Pure.</summary>
internal static class PostLabels
{
    /// <summary>Jekyll's rule for two keys: the singular one wins and is kept whole; a plural text is split into words.</summary>
    public static ImmutableArray<string> Plural(PostFields fields, string singular, string plural)
    {
        object? one = fields.Value(singular);
        return one is not (null or false) ? fields.TextsOf(one) : Words(fields, fields.Value(plural));
    }

    /// <summary>A list, or a text split at white space.</summary>
    public static ImmutableArray<string> Words(PostFields fields, object? value) => value is string text
        ? [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)]
        : fields.TextsOf(value);

    /// <summary>For folders without a generator: both keys together; a text with commas is a list of them.</summary>
    public static ImmutableArray<string> Both(PostFields fields, string singular, string plural) =>
        [.. fields.Texts(singular).Concat(Listed(fields, fields.Value(plural))).Distinct(StringComparer.Ordinal)];

    private static ImmutableArray<string> Listed(PostFields fields, object? value) =>
        value is string text && text.Contains(',', StringComparison.Ordinal)
            ? [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
            : fields.TextsOf(value);
}
