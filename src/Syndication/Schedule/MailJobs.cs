using Quartz;

namespace Syndication.Schedule;

/// <summary>Registers the jobs of mail. Quartz only wakes, in memory; what is due is in the database.</summary>
internal static class MailJobs
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FewSeconds = TimeSpan.FromSeconds(3);

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EditionsClock>();
        services.AddSingleton<WaitingReasons>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "syndication");
            quartz.UseDefaultThreadPool(2);
            Every<EditionsJob>(quartz, "editions", Second);
            Every<DispatchJob>(quartz, "dispatch", Second);
            Every<AlertsJob>(quartz, "alerts", FewSeconds);
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    private static void Every<T>(IQuartzBuilder quartz, string name, TimeSpan interval)
        where T : IJob
    {
        quartz.AddJob<T>(job => job.WithIdentity(name));
        quartz.AddTrigger(trigger => trigger.ForJob(name).WithIdentity(name).StartNow()
            .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever()));
    }
}
