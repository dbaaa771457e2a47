using Quartz;
using Syndication.WebSub;

namespace Syndication.Schedule;

/// <summary>The jobs of WebSub, as far as it is on. They are held as mail is: a copy of a database must not speak for the site.</summary>
internal static class WebSubJobs
{
    public static void Add(IQuartzBuilder quartz, WebSubOptions options)
    {
        if (!options.Addresses.IsEmpty)
        {
            MailJobs.Every<HubPingJob>(quartz, "hub pings", MailJobs.Mail, MailJobs.Second);
        }

        if (options.Hub)
        {
            MailJobs.Every<HubVerificationJob>(quartz, "hub verifications", MailJobs.Mail, MailJobs.Second);
            MailJobs.Every<HubDeliveryJob>(quartz, "hub deliveries", MailJobs.Mail, MailJobs.Second);
        }
    }
}
