using Quartz;
using Syndication.Deliveries;

namespace Syndication.Schedule;

/// <summary>Wakes the dispatcher until nothing is due any more. Idempotent.</summary>
[DisallowConcurrentExecution]
internal sealed partial class DispatchJob(Dispatcher dispatcher, ILogger<DispatchJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested
                && await dispatcher.RunAsync(cancellationToken) is int sent and > 0)
            {
                Log.Taken(log, sent);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(log, e.Message, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Count} deliveries taken")]
        public static partial void Taken(ILogger logger, int count);

        [LoggerMessage(LogLevel.Error, "mail could not be sent, and is tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}
