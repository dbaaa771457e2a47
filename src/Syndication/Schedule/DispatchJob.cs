using Quartz;
using Syndication.Deliveries;

namespace Syndication.Schedule;

/// <summary>Wakes the dispatcher until nothing is due any more. Idempotent.</summary>
[DisallowConcurrentExecution]
internal sealed partial class DispatchJob(Dispatcher dispatcher, ToldReasons reasons, TimeProvider time, ILogger<DispatchJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (DispatchEvent told in dispatcher.RunAsync(cancellationToken))
            {
                Tell(told);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (reasons.IsNew(e.Message, time.GetUtcNow()))
            {
                Log.Failed(log, e.Message, e);
            }
        }
    }

    /// <summary>Pauses that need the operator are told by <see cref="AlertsJob"/>.</summary>
    private void Tell(DispatchEvent told)
    {
        switch (told)
        {
            case MailsTaken taken:
                Log.Taken(log, taken.Count);
                break;
            case MailWaits waits when reasons.IsNew(waits.Reason, time.GetUtcNow()):
                Log.Waiting(log, waits.Reason);
                break;
            case PauseChange { IsOver: true } change:
                Log.Resumed(log, change.Pause.Since);
                break;
            case PauseChange { Pause.NeedsOperator: false } change:
                Log.BackedOff(log, change.Pause.Reason);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Count} mails taken")]
        public static partial void Taken(ILogger logger, int count);

        [LoggerMessage(LogLevel.Warning, "mail waits: {Reason}")]
        public static partial void Waiting(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "mail cannot be handed over now, and is tried again from minute to minute, later from hour to hour: {Reason}")]
        public static partial void BackedOff(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Information, "mail goes out again; it was paused since {Since:yyyy-MM-dd HH:mm:ss} UTC")]
        public static partial void Resumed(ILogger logger, DateTimeOffset since);

        [LoggerMessage(LogLevel.Error, "mail could not be sent, and is tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}
