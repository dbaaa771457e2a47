using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Benchmarks;

/// <summary>
/// What an edition costs before it is mailed: making a row for each of its readers, while others write beside it, and taking rows to
/// be sent, and ending what waits. In this process, over a SQLite database of its own.
/// </summary>
internal static class LedgerBenchmark
{
    private const int ClaimSize = 100;
    private const int Claims = 50;

    public static async Task<int> RunAsync(int subscribers, CancellationToken stop)
    {
        using WorkFolder work = new();
        await using Database database = await Database.OpenAsync(new StorageOptions { Data = work["data"] }, DatabaseUse.Serve, TimeProvider.System, stop);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await FillAsync(database, subscribers, now, stop);
        Ledger ledger = new(database);

        Figures figures = new("ledger", "");
        figures.Describe("subscribers", subscribers);
        (double few, _) = await ledger.ClaimAsync(1000, now, stop);
        Planning eachPost = await ledger.PlanAsync(Cadence.EachPost, "a post", subscribers, now, stop);
        (double many, double paused) = await ledger.ClaimAsync(null, now, stop);
        await ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $"update subscriptions set cadence = {(int)Cadence.Weekly}"), stop);
        Planning digest = await ledger.PlanAsync(Cadence.Weekly, "2026-11-24", subscribers, now, stop);

        figures.Add("plan_s", eachPost.Seconds);
        figures.Add("rows_per_s", subscribers / eachPost.Seconds);
        figures.Add("first_rows_ms", eachPost.FirstRows);
        figures.Add("digest_plan_s", digest.Seconds);
        figures.Add("digest_rows_per_s", subscribers / digest.Seconds);
        figures.Add("commits_beside_per_s", digest.Commits / digest.Seconds);
        figures.Add("longest_wait_ms", Math.Max(eachPost.LongestWait, digest.LongestWait));
        Ending cancel = await ledger.EndAsync(work["data"], maker => maker.CancelAsync(ledger.Edition, drop: false, now, stop), stop);
        Ending resend = await ledger.EndAsync(work["data"], _ => ledger.ResendAsync(now, stop), stop);
        figures.Add("cancel_s", cancel.Seconds);
        figures.Add("cancel_longest_wait_ms", cancel.LongestWait);
        figures.Add("resend_s", resend.Seconds);
        figures.Add("resend_longest_wait_ms", resend.LongestWait);
        figures.Add("claim_us_of_1000", few);
        figures.Add("claim_us", many);
        figures.Add("claim_us_beside_paused", paused);
        figures.Add("peak_mb", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0);
        figures.Print();
        return 0;
    }

    /// <summary>Active readers of each post, made by the database alone.</summary>
    private static async Task FillAsync(Database database, int subscribers, DateTimeOffset now, CancellationToken stop)
    {
        string numbers = string.Create(CultureInfo.InvariantCulture, $"with recursive n(i) as (select 1 union all select i + 1 from n where i < {subscribers})");
        long since = UnixMicroseconds.Of(now.AddDays(-1));
        await ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $"""
            {numbers} insert into subscribers (id, uuid, address, address_key, status, status_since)
            select i, printf('%032x', i), 'reader' || i || '@host' || (i % 97) || '.example', 'reader' || i || '@host' || (i % 97) || '.example', 1, {since} from n
            """), stop);
        await ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $"""
            {numbers} insert into subscriptions (id, subscriber_id, newsletter, cadence, since, topics, pauses)
            select i, i, '{Newsletter.DefaultName}', 0, {since}, '[]', '[]' from n
            """), stop);
    }

    private static Task<int> ExecuteAsync(Database database, string sql, CancellationToken stop) =>
        database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: stop)), stop);

    /// <param name="Seconds">From the first row to the last.</param>
    /// <param name="FirstRows">Milliseconds until there is something to be mailed.</param>
    /// <param name="Commits">Of another writer beside it.</param>
    /// <param name="LongestWait">Of that writer, in milliseconds.</param>
    private sealed record Planning(double Seconds, double FirstRows, int Commits, double LongestWait);

    /// <param name="Seconds">All of it.</param>
    /// <param name="LongestWait">Of another process that writes beside it, in milliseconds.</param>
    private sealed record Ending(double Seconds, double LongestWait);

    private sealed class Ledger(Database database)
    {
        private readonly LedgerStore _rows = new(database);
        private readonly EditionStore _editions = new(database);
        private int _number;

        /// <summary>The edition that was planned last.</summary>
        public long Edition { get; private set; }

        public async Task<Planning> PlanAsync(Cadence cadence, string key, int expected, DateTimeOffset now, CancellationToken stop)
        {
            await ReleaseAsync(now.AddSeconds(++_number), stop);
            await OpenAsync(cadence, key, now.AddSeconds(_number), stop);
            using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(stop);
            long started = Stopwatch.GetTimestamp();
            Task<(int, double, double)> beside = Task.Run(() => BesideAsync(database, started, done.Token), CancellationToken.None);
            await new EditionMaker(database, _editions, _rows, new SubscriptionStore(database)).PlanAsync(now.AddSeconds(_number), stop);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await done.CancelAsync();
            (int commits, double longest, double first) = await beside;
            Edition edition = (await _editions.FindAsync(Newsletter.DefaultName, cadence, key, stop))!;
            Edition = edition.Id;
            return edition.Candidates == expected
                ? new Planning(seconds, first, commits, longest)
                : throw new BenchmarkException($"the edition was planned for {edition.Candidates} of {expected} readers");
        }

        /// <summary>Does something to all rows of the edition while another process, with a connection of its own to the database in the folder, writes beside it.</summary>
        public async Task<Ending> EndAsync(string folder, Func<EditionMaker, Task> end, CancellationToken stop)
        {
            await using Database other = await Database.OpenAsync(new StorageOptions { Data = folder }, DatabaseUse.Existing, TimeProvider.System, stop);
            using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(stop);
            long started = Stopwatch.GetTimestamp();
            Task<(int, double Longest, double)> beside = Task.Run(() => BesideAsync(other, started, done.Token), CancellationToken.None);
            await Task.Run(() => end(new EditionMaker(database, _editions, _rows, new SubscriptionStore(database))), stop);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await done.CancelAsync();
            return new Ending(seconds, (await beside).Longest);
        }

        public Task ResendAsync(DateTimeOffset now, CancellationToken stop) => new Resending(database, _editions, _rows).RunAsync(Edition, ResendTo.Missed, now, stop);

        /// <summary>Takes rows again and again, with the first rows in the queue or all of them. Microseconds per row, and the same beside a paused edition.</summary>
        public async Task<(double Free, double BesidePaused)> ClaimAsync(int? rows, DateTimeOffset now, CancellationToken stop)
        {
            if (rows is int few)
            {
                await ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $"""
                    with recursive n(i) as (select 1 union all select i + 1 from n where i < {few})
                    insert into deliveries (edition, subscriber, subscription, variant, status, due_at, attempts, changed_at) select 999, i, i, 1, 0, 0, 0, 0 from n
                    """), stop);
            }

            double free = await TimeAsync([], now, stop);
            double paused = 0;
            if (rows is null)
            {
                await ExecuteAsync(database, """
                    insert into deliveries (edition, subscriber, subscription, variant, status, due_at, attempts, changed_at)
                    select 998, subscriber, subscription, 1, 0, 9000000000000000, 0, 0 from deliveries where edition <> 999 order by id limit 20000
                    """, stop);
                paused = await TimeAsync([1, 999], DateTimeOffset.UnixEpoch.AddDays(200_000), stop);
            }

            await ExecuteAsync(database, "delete from deliveries where edition in (998, 999)", stop);
            return (free, paused);
        }

        private async Task<double> TimeAsync(long[] blocked, DateTimeOffset now, CancellationToken stop)
        {
            List<double> times = [];
            for (int i = 0; i < Claims; i++)
            {
                long started = Stopwatch.GetTimestamp();
                ImmutableArray<ClaimedDelivery> taken = await _rows.ClaimAsync("me", now.AddMinutes(1), now.AddMinutes(10), ClaimSize, blocked, stop);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / Math.Max(taken.Length, 1));
                await _rows.Rows.ReleaseAsync("me", taken.Select(t => (t.Id, DateTimeOffset.UnixEpoch)), stop);
            }

            return Figures.Median(times);
        }

        private Task ReleaseAsync(DateTimeOffset at, CancellationToken stop) => ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $"""
            insert into releases (newsletter, number, post_id, note, released_at, topics, correction_mail)
            values ('{Newsletter.DefaultName}', {_number}, 'p{_number}', '', {UnixMicroseconds.Of(at)}, '[]', 0)
            """), stop);

        private Task OpenAsync(Cadence cadence, string key, DateTimeOffset now, CancellationToken stop) => ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $"""
            insert into editions (newsletter, cadence, key, slot, upto, cutoff, status, is_paused, cursor, candidates)
            values ('{Newsletter.DefaultName}', {(int)cadence}, '{key}', {UnixMicroseconds.Of(now)}, {_number}, {UnixMicroseconds.Of(now)}, 1, 0, 0, 0)
            """), stop);

        /// <summary>Writes a little, as the dispatcher does, until it is told to end: how often, how long the longest took, and when the first rows were there.</summary>
        private static async Task<(int Commits, double Longest, double FirstRows)> BesideAsync(Database database, long started, CancellationToken stop)
        {
            int commits = 0;
            double longest = 0;
            double first = 0;
            while (!stop.IsCancellationRequested)
            {
                long asked = Stopwatch.GetTimestamp();
                long rows = await database.WriteAsync(
                    async transaction =>
                    {
                        await transaction.Connection!.ExecuteAsync("update deliveries set reply = 'said' where id in (select id from deliveries order by id limit 16)", transaction: transaction);
                        return await transaction.Connection!.ExecuteScalarAsync<long>("select coalesce(max(id), 0) from deliveries", transaction: transaction);
                    },
                    CancellationToken.None);
                first = first == 0 && rows > 0 ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : first;
                longest = Math.Max(longest, Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                commits++;
            }

            return (commits, longest, first);
        }
    }
}
