using System.Collections.Immutable;
using Quartz;
using Syndication.Deliveries;
using Syndication.Ledger;

namespace Syndication.Schedule;

/// <summary>
/// Looks at what waits for the operator: shows it, and tells what is new, by a line and a mail. Its key makes that once, whatever
/// is restarted. Idempotent.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class AlertsJob(AlertReader reader, NoticeStore notices, AttentionSource attention, TimeProvider time, ILogger<AlertsJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        ImmutableArray<Alert> known = attention.Current?.Alerts ?? [];
        try
        {
            ImmutableArray<Alert> alerts = AlertRule.Of(await reader.ReadAsync(cancellationToken), now);
            Alert[] fresh = [.. alerts.ExceptBy(known.Select(a => a.Key), a => a.Key)];
            foreach (Alert alert in fresh)
            {
                Log.Raised(log, alert.Subject, string.Join(' ', alert.Lines));
            }

            if (fresh.Length > 0 && reader.Operator is string address)
            {
                await notices.QueueAsync([.. fresh.Select(a => Of(a, address))], now, cancellationToken);
            }

            attention.Current = new Attention(now, alerts, IsKnown: true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (attention.Current is not { IsKnown: false })
            {
                Log.Failed(log, e.Message, e);
            }

            attention.Current = new Attention(now, known, IsKnown: false);
        }
    }

    private static Notice Of(Alert alert, string address) => new()
    {
        Key = "alert/" + alert.Key,
        Kind = NoticeKind.Alert,
        Address = address,
        Subject = alert.Subject,
        Lines = alert.Lines,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Matter}. {Why}")]
        public static partial void Raised(ILogger logger, string matter, string why);

        [LoggerMessage(LogLevel.Error, "it could not be read what waits for the operator: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}
