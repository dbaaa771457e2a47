using System.Net;
using Syndication.Deliveries;
using Syndication.Site;
using Syndication.Transports;

namespace Syndication.Cli;

/// <summary>What is wrong with how mail is set up, as far as that is certain without sending any.</summary>
internal static class MailCheck
{
    public static IEnumerable<Problem> Of(Invocation run, SiteDefinition site)
    {
        Newsletter newsletter = run.Newsletters.DefaultOf(site);
        bool isFit = HeaderText.IsFit(newsletter.From);
        if (!isFit)
        {
            yield return run.Settings.OriginOf("Newsletter:From").Wrong($"'{newsletter.From}', which cannot be written into a mail", HeaderText.FitAddress);
        }

        string host = newsletter.From[(newsletter.From.LastIndexOf('@') + 1)..];
        foreach (Problem problem in MailSigning.Strangers(run.Settings, host))
        {
            yield return problem;
        }

        if (run.Settings.Get<MailOptions>().Relays.IsEmpty)
        {
            yield break;
        }

        if (site.Url.Scheme != Uri.UriSchemeHttps || site.Url.IsLoopback)
        {
            yield return Warning(run, "Mail:Host", $"mail goes to real readers, and its links for leaving begin with {site.Url}, which they cannot follow with one click",
                "Site:Url to be a public address with https");
        }

        if (newsletter.PostalAddress is null)
        {
            yield return Warning(run, "Newsletter:Address", "is not set, and many countries demand a postal address in each mail", null);
        }

        if (isFit && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _)))
        {
            yield return Warning(run, "Newsletter:From", $"mail comes from {newsletter.From}, which mail servers refuse", "an address of a domain of yours");
        }
    }

    private static Problem Warning(Invocation run, string key, string what, string? expected)
    {
        SettingOrigin origin = run.Settings.OriginOf(key);
        return run.Settings.IsGiven(key) ? Problem.Warning(origin.Source, origin.Line, $"{origin.Name}: {what}", expected) : Problem.Warning(key, null, what, expected);
    }
}
