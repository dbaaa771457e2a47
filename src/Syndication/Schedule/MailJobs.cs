using Quartz;

namespace Syndication.Schedule;

/// <summary>Registers the jobs of mail. Quartz only wakes, in memory; what is due is in the database.</summary>
internal static class MailJobs
{
    /// <summary>The jobs that mail: none of them begins while sending is held.</summary>
    private const string Mail = "mail";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EditionsClock>();
        services.AddSingleton<EditionsReport>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "syndication");
            quartz.UseDefaultThreadPool(3);
            quartz.AddTriggerListener<HoldListener>([GroupMatcher<TriggerKey>.GroupEquals(Mail)]);
            Every<EditionsJob>(quartz, "editions", Mail);
            Every<DispatchJob>(quartz, "dispatch", Mail);
            Every<InstanceJob>(quartz, "instance", "storage");
            Every<MailTemplatesJob>(quartz, "mail templates", Mail);
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    private static void Every<T>(IQuartzBuilder quartz, string name, string group)
        where T : IJob
    {
        quartz.AddJob<T>(job => job.WithIdentity(name, group));
        quartz.AddTrigger(trigger => trigger.ForJob(name, group).WithIdentity(name, group).StartNow()
            .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(Interval).RepeatForever()));
    }
}
