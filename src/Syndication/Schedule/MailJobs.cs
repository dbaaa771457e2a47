using Quartz;
using Syndication.Editions;
using Syndication.WebSub;

namespace Syndication.Schedule;

/// <summary>Registers the jobs. Quartz only wakes, in memory; what is due is in the database.</summary>
internal static class MailJobs
{
    private const string Scheduler = "syndication";

    /// <summary>The jobs that mail: none of them begins while sending is held.</summary>
    public const string Mail = "mail";

    /// <summary>The jobs that look on.</summary>
    private const string Watch = "watch";

    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FewSeconds = TimeSpan.FromSeconds(3);

    public static void Add(IServiceCollection services, TimeProvider time, WebSubOptions webSub)
    {
        services.AddSingleton<EditionsClock>();
        services.AddSingleton<EditionsReport>();
        services.AddSingleton<EditionEnds>();
        services.AddSingleton<WrongAccounts>();
        services.AddSingleton<ToldReasons>();

        // Named, it has a clock of its own; that of one without a name would be all the program's.
        services.AddQuartz(Scheduler, quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                // Whoever stops the service waits for the mails on the wire, and not for an edition.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseTimeProvider(new SteadyTime(time));
            quartz.UseDefaultThreadPool(8);
            quartz.AddTriggerListener<HoldListener>([GroupMatcher<TriggerKey>.GroupEquals(Mail)]);
            Every<EditionsJob>(quartz, "editions", Mail, Second);
            Every<DispatchJob>(quartz, "dispatch", Mail, Second);
            Every<AccountsJob>(quartz, "accounts", Mail, Minute);
            Every<InstanceJob>(quartz, "instance", Watch, Second);
            Every<MailTemplatesJob>(quartz, "mail templates", Watch, Second);
            Every<AlertsJob>(quartz, "alerts", Watch, FewSeconds);
            WebSubJobs.Add(quartz, webSub);
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>A job that begins at once and again after each interval.</summary>
    public static void Every<T>(IQuartzBuilder quartz, string name, string group, TimeSpan interval)
        where T : IJob
    {
        quartz.AddJob<T>(job => job.WithIdentity(name, group));
        quartz.AddTrigger(trigger => trigger.ForJob(name, group).WithIdentity(name, group).StartNow()
            .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever()));
    }
}
