using Quartz;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Schedule;

/// <summary>
/// Reads mail templates anew when they were written since. One that cannot be read, or with which the newest posts cannot be
/// composed, leaves the last good ones in place, and is told once.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class MailTemplatesJob(EditionComposer composer, PostCatalogSource catalogs, NewsletterRules newsletters, ILogger<MailTemplatesJob> log) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (catalogs.Current is PostCatalog catalog)
        {
            string before = composer.TemplatesVersion;
            foreach (Problem problem in composer.RefreshAndTry(() => SampleContent.Of(catalog, newsletters.DefaultOf(catalog.Site))))
            {
                Log.Broken(log, problem);
            }

            if (composer.TemplatesVersion != before)
            {
                Log.Reread(log);
            }
        }

        return ValueTask.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Problem}; mails are composed with the last good templates")]
        public static partial void Broken(ILogger logger, Problem problem);

        [LoggerMessage(LogLevel.Information, "the templates of mails changed: what is composed from now on has the new ones")]
        public static partial void Reread(ILogger logger);
    }
}
