using Quartz;
using Syndication.Editions;
using Syndication.Site;

namespace Syndication.Schedule;

/// <summary>Closes the accounts of editions that ended, tells of any that does not balance, and folds old ones. Idempotent.</summary>
[DisallowConcurrentExecution]
internal sealed partial class AccountsJob(EditionEnds ends, NewsletterRules newsletters, WrongAccounts told, TimeProvider time, ILogger<AccountsJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            foreach (EditionAccount wrong in (await ends.CloseAsync(now, cancellationToken)).Where(told.IsNew))
            {
                Log.Wrong(log, wrong.Mismatch);
            }

            await ends.FoldAsync(now - newsletters.Options.KeepDeliveries, now, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(log, e.Message, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "the account of an edition does not balance: {Mismatch}")]
        public static partial void Wrong(ILogger logger, string mismatch);

        [LoggerMessage(LogLevel.Error, "the accounts of editions could not be closed, and are tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception exception);
    }
}

/// <summary>Remembers which accounts were told to be wrong, so that each is told once. One thread at a time.</summary>
internal sealed class WrongAccounts
{
    private readonly HashSet<(long Edition, long Rows)> _told = [];

    public bool IsNew(EditionAccount account) => _told.Add((account.Edition.Id, account.Counts.All));
}
