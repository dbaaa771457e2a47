namespace Syndication.Site;

/// <summary>What the operator says of the site. A value set here overrules the Jekyll or Hugo configuration; null leaves it to that.</summary>
internal sealed class SiteOptions : IValidatedOptions
{
    /// <summary>A Jekyll or Hugo site, or a folder of posts (--site). Empty = posts/ in the current folder, else the samples beside the program.</summary>
    public string? Folder { get; set; }

    /// <summary>The public address of the site, http or https, with any path prefix.</summary>
    public Uri? Url { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    public string? Author { get; set; }

    /// <summary>BCP 47 language tag.</summary>
    public string? Language { get; set; }

    /// <summary>IANA or Windows name of a time zone; null = the generator's, else the system's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Permalink style or template in the generator's form.</summary>
    public string? Permalink { get; set; }

    /// <summary>Serve and write each post as a page; null = only for a bare folder without <see cref="Url"/>.</summary>
    public bool? Pages { get; set; }

    public IEnumerable<InvalidOption> Invalid()
    {
        if (Url is not null && SiteUrls.Root(Url) is null)
        {
            yield return new InvalidOption(nameof(Url), SiteUrls.ExpectedRoot);
        }

        if (Language is not null && !LanguageTag.IsWellFormed(Language))
        {
            yield return new InvalidOption(nameof(Language), LanguageTag.Expected);
        }

        if (TimeZone is not null && TimeZones.Find(TimeZone) is null)
        {
            yield return new InvalidOption(nameof(TimeZone), TimeZones.Expected(TimeZone));
        }
    }
}
