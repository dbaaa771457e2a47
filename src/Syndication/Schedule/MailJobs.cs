using Quartz;

namespace Syndication.Schedule;

/// <summary>Registers the jobs of mail. Quartz only wakes, in memory; what is due is in the database.</summary>
internal static class MailJobs
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EditionsClock>();
        services.AddSingleton<EditionsReport>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "syndication");
            quartz.UseDefaultThreadPool(2);
            Every<EditionsJob>(quartz, "editions");
            Every<DispatchJob>(quartz, "dispatch");
            Every<MailTemplatesJob>(quartz, "mail templates");
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    private static void Every<T>(IQuartzBuilder quartz, string name)
        where T : IJob
    {
        quartz.AddJob<T>(job => job.WithIdentity(name));
        quartz.AddTrigger(trigger => trigger.ForJob(name).WithIdentity(name).StartNow()
            .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(Interval).RepeatForever()));
    }
}
