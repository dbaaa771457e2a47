using Quartz;
using Syndication.WebSub;

namespace Syndication.Schedule;

/// <summary>Sends feeds that changed to the subscribers of the built-in hub. Idempotent.</summary>
[DisallowConcurrentExecution]
internal sealed partial class HubDeliveryJob(HubDeliveries deliveries, ToldReasons told, TimeProvider time, ILogger<HubDeliveryJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (EndedSubscription ended in await deliveries.RunAsync(cancellationToken))
            {
                Log.Ended(log, ended.Host, ended.Reason);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (told.IsNew($"{nameof(HubDeliveryJob)}: {e.Message}", time.GetUtcNow()))
            {
                Log.Failed(log, e.Message, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "a WebSub subscription of {Host} ended: {Reason}")]
        public static partial void Ended(ILogger logger, string host, string reason);

        [LoggerMessage(LogLevel.Error, "feeds could not be sent to subscribers, and are tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}
