using Quartz;
using Syndication.WebSub;

namespace Syndication.Schedule;

/// <summary>Tells other hubs of feeds that changed. Idempotent.</summary>
[DisallowConcurrentExecution]
internal sealed partial class HubPingJob(HubPings pings, ToldReasons told, TimeProvider time, ILogger<HubPingJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (SilentHub hub in await pings.RunAsync(cancellationToken))
            {
                Tell(hub);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (told.IsNew($"{nameof(HubPingJob)}: {e.Message}", time.GetUtcNow()))
            {
                Log.Failed(log, e.Message, e);
            }
        }
    }

    private void Tell(SilentHub hub)
    {
        if (hub.GivenUp > 0)
        {
            Log.GivenUp(log, hub.Hub, hub.GivenUp, hub.Reason);
        }
        else
        {
            Log.Silent(log, hub.Hub, hub.Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "the hub {Hub} could not be told of new versions of feeds, and is tried again: {Reason}")]
        public static partial void Silent(ILogger logger, string hub, string reason);

        [LoggerMessage(LogLevel.Warning, "the hub {Hub} could not be told of new versions of {Count} feeds for a day, and is told of the next ones only: {Reason}")]
        public static partial void GivenUp(ILogger logger, string hub, int count, string reason);

        [LoggerMessage(LogLevel.Error, "hubs could not be told of new versions of feeds, and are tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}
