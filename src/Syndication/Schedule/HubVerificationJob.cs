using Quartz;
using Syndication.WebSub;

namespace Syndication.Schedule;

/// <summary>Verifies what subscribers asked the built-in hub for. Idempotent.</summary>
[DisallowConcurrentExecution]
internal sealed partial class HubVerificationJob(HubVerifier verifier, ToldReasons told, TimeProvider time, ILogger<HubVerificationJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await verifier.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (told.IsNew($"{nameof(HubVerificationJob)}: {e.Message}", time.GetUtcNow()))
            {
                Log.Failed(log, e.Message, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "requests to the hub could not be verified, and are dropped: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}
