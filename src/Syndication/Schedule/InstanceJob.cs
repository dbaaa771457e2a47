using Quartz;
using Syndication.Storage;

namespace Syndication.Schedule;

/// <summary>
/// Keeps the instance file up with the database; while sending is held, sees when it goes on. Stops the service where another process
/// may have taken the database. Idempotent.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class InstanceJob(InstanceWatch instance, Database database, ToldReasons told, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<InstanceJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (!await instance.IsAloneAsync(cancellationToken))
            {
                Stop();
                return;
            }

            bool wasHeld = instance.HeldBecause is not null;
            if (await instance.LookAsync(cancellationToken) is null && wasHeld)
            {
                Log.GoesOn(log);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (told.IsNew($"{nameof(InstanceJob)}: {e.Message}", time.GetUtcNow()))
            {
                Log.Failed(log, e.Message, e);
            }
        }
    }

    private void Stop()
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Log.Lost(log, database.Name);
            lifetime.StopApplication();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Database}: the connection that kept it for this `serve` is lost, and another one may have begun to mail from it; this one leaves, and may be started again")]
        public static partial void Lost(ILogger logger, string database);

        [LoggerMessage(LogLevel.Information, "mail goes on: the database was adopted")]
        public static partial void GoesOn(ILogger logger);

        [LoggerMessage(LogLevel.Error, "what was mailed could not be noted beside the database, and is tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}
