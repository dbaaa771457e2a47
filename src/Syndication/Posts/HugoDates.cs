using System.Collections.Immutable;

namespace Syndication.Posts;

/// <summary>
/// The dates of a Hugo page, each by the keys that the site's configuration lists for it. Where the file's time is next, there is
/// none: then the page is one without a date, which has the time of its file when that was first seen.
/// </summary>
/// <param name="Date">Its date; the publish date where it has no other.</param>
/// <param name="Published">Since when it is shown; its date where nothing else is said.</param>
/// <param name="Modified">When it was last changed.</param>
/// <param name="Expires">From when on it is no longer shown.</param>
internal sealed record HugoDates(DateTimeOffset? Date, DateTimeOffset? Published, DateTimeOffset? Modified, DateTimeOffset? Expires)
{
    public static HugoDates Read(PostFields fields, HugoSettings settings, PostDates dates, HugoNameDate? named)
    {
        DateTimeOffset? date = First(settings.DateKeys);
        DateTimeOffset? published = First(settings.PublishKeys) ?? date;
        return new HugoDates(date ?? published, published, First(settings.ModifiedKeys), First(settings.ExpiryKeys));

        DateTimeOffset? First(ImmutableArray<string> keys)
        {
            foreach (string key in keys)
            {
                if (key == ":filename" && named is not null && dates.Read(named.Date, plainYaml: false) is DateTimeOffset inName)
                {
                    return inName;
                }

                if (key == ":filemodtime")
                {
                    return null;
                }

                if (fields.Value(key) is not (null or bool))
                {
                    return fields.Date(required: true, key);
                }
            }

            return null;
        }
    }
}
