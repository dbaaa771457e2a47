using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>Keeps editions, their variants and slots. What makes up one decision takes the caller's transaction.</summary>
internal sealed class EditionStore(Database database)
{
    private const string Columns = """
        id, newsletter, cadence, key, slot, local_slot as LocalSlot, upto, cutoff, status, is_paused as IsPaused, is_dropped as IsDropped, cursor, candidates,
        ended_at as EndedAt, sent, failed, cancelled, folded_at as FoldedAt
        """;

    /// <summary>Opens an edition; its key is unique, so that any number of nodes open it once.</summary>
    private const string Open = """
        insert into editions (newsletter, cadence, key, slot, local_slot, upto, cutoff, status, is_paused, cursor, candidates)
        values (@newsletter, @cadence, @key, @slot, @localSlot, @upto, @cutoff, @status, 0, 0, 0)
        on conflict (newsletter, cadence, key) do nothing
        """;

    /// <summary>A held edition takes in what is new.</summary>
    private const string Merge = "update editions set upto = @upto, cutoff = @cutoff, slot = @slot, local_slot = @localSlot where id = @id and status = 0";

    /// <summary>Moves an edition on in its life, if it is still where it was.</summary>
    private const string Move = "update editions set status = @to where id = @id and status = @from";

    /// <summary>Ends an edition wherever it is in its life: another node may move it on meanwhile.</summary>
    private const string Cancel = "update editions set status = 3 where id = @id and status <> 3";

    /// <summary>Not <see cref="Edition.IsOver"/>.</summary>
    private const string Lives = "status <> 3 and is_dropped = 0";

    private const string Pause = $"update editions set is_paused = @paused where id = @id and {Lives}";

    /// <summary>Drops an edition: from here on no node makes rows of it or sends any. A held one is planned, so that its posts are passed over.</summary>
    private const string Drop = "update editions set is_dropped = 1, status = case when status = 0 then 1 else status end where id = @id and status <> 3";

    /// <summary>Takes the row of an edition for the rest of the transaction, if it is still where it was read: another node waits here.</summary>
    private const string TakeChunk = "update editions set cursor = cursor where id = @id and cursor = @from and is_dropped = @dropped and status = 1";

    /// <summary>Moves the cursor of an edition's planning.</summary>
    private const string MoveCursor = """
        update editions set cursor = @to, candidates = candidates + @rows, status = case when @done then 2 else status end where id = @id
        """;

    /// <summary>Closes an edition's account.</summary>
    private const string End = """
        update editions set ended_at = @now, sent = @sent, failed = @failed, cancelled = @cancelled
        where id = @id and ended_at is null and status in (2, 3) and candidates = @candidates
        """;

    /// <summary>Opens an edition's account again.</summary>
    private const string Reopen = "update editions set ended_at = null, sent = null, failed = null, cancelled = null where id = @id";

    /// <summary>Takes the row of an edition for the rest of the transaction, if it is cancelled.</summary>
    private const string TakeCancelled = $"update editions set cursor = cursor where id = @id and not ({Lives})";

    /// <summary>Takes the row of an edition for the rest of the transaction, unless its rows are being folded.</summary>
    private const string TakeUnfolded = "update editions set cursor = cursor where id = @id and folded_at is null";

    /// <summary>From here on the account is all there is.</summary>
    private const string Fold = "update editions set folded_at = coalesce(folded_at, @now) where id = @id and ended_at is not null";

    /// <summary>Keeps what servers said of failed mails; what was kept before stays.</summary>
    private readonly string _keepReplies = $"""
        insert into folded_replies (edition, reply, mails)
        select @id, value ->> 0, cast(value ->> 1 as bigint) from {database.Dialect.Rows} where true
        on conflict (edition, reply) do nothing
        """;

    private const string LoadReplies = "select reply, mails from folded_replies where edition = @edition order by mails desc, reply";

    /// <summary>Ended editions with rows that are old enough to be folded, or were not folded to the end.</summary>
    private const string Foldable = """
        where ended_at <= @before and (folded_at is null or exists (select 1 from deliveries d where d.edition = editions.id)) order by id
        """;

    /// <summary>The variant of a set of posts; a new set gets the next number.</summary>
    private const string AddVariant = """
        insert into variants (edition, variant, numbers)
        select @edition, coalesce(max(variant), 0) + 1, @numbers from variants where edition = @edition
        on conflict (edition, numbers) do nothing
        """;

    private const string FindVariant = "select variant from variants where edition = @edition and numbers = @numbers";

    private const string LoadVariant = "select variant, numbers, composed from variants where edition = @edition and variant = @variant";

    private const string LoadPosts = "select variant, numbers from variants where edition = @edition";

    private const string LoadVariants = "select variant, numbers, composed from variants where edition = @edition order by variant";

    /// <summary>Which posts are in which variants of the editions that reach up to a number.</summary>
    private const string LoadNumbers = """
        select v.edition, v.variant, v.numbers from variants v join editions e on e.id = v.edition where e.newsletter = @newsletter and e.upto >= @lowest
        """;

    /// <summary>Freezes the text of a variant; the first text stays.</summary>
    private const string Compose = "update variants set composed = @composed where edition = @edition and variant = @variant and composed is null";

    /// <summary>Some editions.</summary>
    private readonly string _loadSome = $"select {Columns} from editions where id in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})";

    private const string Standing = $"""
        where (is_paused = 1 and {Lives})
          or (status = 0 and upto > (
            select coalesce(max(before.upto), 0) from editions as before
            where before.newsletter = editions.newsletter and before.cadence = editions.cadence and before.id < editions.id and before.status <> 3))
        order by id
        """;

    private const string LastSlot = "select last_slot from slots where newsletter = @newsletter and cadence = @cadence";

    /// <summary>Slots only move on.</summary>
    private const string SaveSlot = """
        insert into slots (newsletter, cadence, last_slot) values (@newsletter, @cadence, @slot)
        on conflict (newsletter, cadence) do update set last_slot = excluded.last_slot where slots.last_slot < excluded.last_slot
        """;

    /// <summary>What was released, and what may be.</summary>
    public ReleaseStore Releases { get; } = new(database);

    /// <summary>Opens an edition unless it was opened before. False when it was.</summary>
    public static async Task<bool> OpenAsync(DbTransaction transaction, Edition edition, CancellationToken stop)
    {
        await InstanceStore.AdvanceAsync(transaction, stop);
        return await ExecuteAsync(
            transaction,
            Open,
            new
            {
                newsletter = edition.Newsletter,
                cadence = (long)edition.Cadence,
                key = edition.Key,
                slot = UnixMicroseconds.Of(edition.Slot),
                localSlot = edition.LocalSlot is DateTime local ? LocalDue.Write(local) : null,
                upto = edition.Upto,
                cutoff = UnixMicroseconds.Of(edition.Cutoff),
                status = (long)edition.Status,
            },
            stop) == 1;
    }

    /// <summary>Lets a held edition take in what another would hold, and be due when that would. False when it is not held any more.</summary>
    public static async Task<bool> MergeAsync(DbTransaction transaction, long held, Edition other, CancellationToken stop) =>
        await ExecuteAsync(
            transaction,
            Merge,
            new
            {
                id = held,
                upto = other.Upto,
                cutoff = UnixMicroseconds.Of(other.Cutoff),
                slot = UnixMicroseconds.Of(other.Slot),
                localSlot = other.LocalSlot is DateTime local ? LocalDue.Write(local) : null,
            },
            stop) == 1;

    /// <summary>False when it was not in the first state any more.</summary>
    public static async Task<bool> MoveAsync(DbTransaction transaction, long id, EditionStatus from, EditionStatus to, CancellationToken stop) =>
        await ExecuteAsync(transaction, Move, new { id, from = (long)from, to = (long)to }, stop) == 1;

    /// <summary>False when it was cancelled before.</summary>
    public static async Task<bool> CancelAsync(DbTransaction transaction, long id, CancellationToken stop) =>
        await ExecuteAsync(transaction, Cancel, new { id }, stop) == 1;

    /// <summary>False when it was cancelled before.</summary>
    public static async Task<bool> DropAsync(DbTransaction transaction, long id, CancellationToken stop) =>
        await ExecuteAsync(transaction, Drop, new { id }, stop) == 1;

    public Task<int> PauseAsync(long id, bool paused, CancellationToken stop) =>
        database.WriteAsync(transaction => ExecuteAsync(transaction, Pause, new { id, paused = paused ? 1L : 0L }, stop), stop);

    /// <summary>Takes an edition for planning its next chunk in this transaction; false when another node planned it meanwhile.</summary>
    public static async Task<bool> TakeChunkAsync(DbTransaction transaction, Edition edition, CancellationToken stop) =>
        await ExecuteAsync(transaction, TakeChunk, new { id = edition.Id, from = edition.Cursor, dropped = edition.IsDropped ? 1L : 0L }, stop) == 1;

    /// <summary>Moves the cursor of an edition that was taken.</summary>
    public static Task MoveCursorAsync(DbTransaction transaction, Edition edition, long to, int rows, bool done, CancellationToken stop) =>
        ExecuteAsync(transaction, MoveCursor, new { id = edition.Id, to, rows = (long)rows, done }, stop);

    /// <summary>The number of the variant with this set of posts, made if need be.</summary>
    public static async Task<int> VariantAsync(DbTransaction transaction, long edition, ImmutableArray<long> numbers, CancellationToken stop)
    {
        object parameters = new { edition, numbers = JsonSerializer.Serialize(numbers) };
        await ExecuteAsync(transaction, AddVariant, parameters, stop);
        return (int)await transaction.Connection!.QuerySingleAsync<long>(new CommandDefinition(FindVariant, parameters, transaction, cancellationToken: stop));
    }

    /// <summary>Keeps the text of a variant, and gives the one that is kept: the first.</summary>
    public Task<Variant> ComposeAsync(long edition, int variant, string composed, CancellationToken stop) => database.WriteAsync(
        async transaction =>
        {
            await ExecuteAsync(transaction, Compose, new { edition, variant = (long)variant, composed }, stop);
            return (await transaction.Connection!.QuerySingleAsync<VariantRow>(
                new CommandDefinition(LoadVariant, new { edition, variant = (long)variant }, transaction, cancellationToken: stop))).ToVariant();
        },
        stop);

    public Task<Variant> VariantAsync(long edition, int variant, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QuerySingleAsync<VariantRow>(
            new CommandDefinition(LoadVariant, new { edition, variant = (long)variant }, cancellationToken: stop))).ToVariant(),
        stop);

    public Task<ImmutableArray<Variant>> VariantsAsync(long edition, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<VariantRow>(new CommandDefinition(LoadVariants, new { edition }, cancellationToken: stop)))
            .Select(r => r.ToVariant()).ToImmutableArray(),
        stop);

    /// <summary>The variants that hold some numbers, one entry for each number.</summary>
    public static async Task<ImmutableArray<(long Edition, int Variant, long Number)>> CopiesAsync(
        DbTransaction transaction, string newsletter, IReadOnlySet<long> numbers, CancellationToken stop) =>
        [.. (await transaction.Connection!.QueryAsync<(long Edition, long Variant, string Numbers)>(
                new CommandDefinition(LoadNumbers, new { newsletter, lowest = numbers.Min() }, transaction, cancellationToken: stop)))
            .SelectMany(v => JsonSerializer.Deserialize<ImmutableArray<long>>(v.Numbers).Where(numbers.Contains).Select(n => (v.Edition, (int)v.Variant, n)))];

    /// <summary>The numbers of each variant of an edition, as the transaction sees them, without the texts.</summary>
    public static async Task<ImmutableDictionary<int, ImmutableArray<long>>> PostsAsync(DbTransaction transaction, long edition, CancellationToken stop) =>
        (await transaction.Connection!.QueryAsync<(long Variant, string Numbers)>(new CommandDefinition(LoadPosts, new { edition }, transaction, cancellationToken: stop)))
            .ToImmutableDictionary(v => (int)v.Variant, v => JsonSerializer.Deserialize<ImmutableArray<long>>(v.Numbers));

    /// <summary>Editions that somebody has to let go: paused ones, and held ones that have posts which none before them took.</summary>
    public Task<ImmutableArray<Edition>> StandingAsync(CancellationToken stop) => QueryAsync(Standing, new { }, stop);

    public Task<ImmutableArray<Edition>> ListAsync(CancellationToken stop) => QueryAsync("order by id", new { }, stop);

    /// <summary>Closes an account that balances. False when it was closed before, or is another now.</summary>
    public static async Task<bool> EndAsync(DbTransaction transaction, EditionAccount account, DateTimeOffset now, CancellationToken stop) =>
        await ExecuteAsync(
            transaction,
            End,
            new
            {
                id = account.Edition.Id,
                now = UnixMicroseconds.Of(now),
                candidates = account.Edition.Candidates,
                sent = account.Counts.Sent,
                failed = account.Counts.Failed,
                cancelled = account.Counts.Cancelled,
            },
            stop) == 1;

    /// <summary>Opens an account again, since mails are to be sent once more.</summary>
    public static Task ReopenAsync(DbTransaction transaction, long id, CancellationToken stop) => ExecuteAsync(transaction, Reopen, new { id }, stop);

    /// <summary>Takes an edition for the rest of the transaction; false when it is not cancelled, or is to be sent again.</summary>
    public static async Task<bool> TakeCancelledAsync(DbTransaction transaction, long id, CancellationToken stop) =>
        await ExecuteAsync(transaction, TakeCancelled, new { id }, stop) == 1;

    /// <summary>Takes an edition for the rest of the transaction; false when its rows are folded, or being folded.</summary>
    public static async Task<bool> TakeUnfoldedAsync(DbTransaction transaction, long id, CancellationToken stop) =>
        await ExecuteAsync(transaction, TakeUnfolded, new { id }, stop) == 1;

    /// <summary>Says that an edition's rows are being folded, and keeps what servers said. False when its account was opened again.</summary>
    public async Task<bool> FoldAsync(DbTransaction transaction, long id, IEnumerable<DeliveryReply> replies, DateTimeOffset now, CancellationToken stop)
    {
        string rows = SqlRows.Of(replies.Where(r => r.Status == DeliveryStatus.Failed), r => [r.Reply, r.Mails]);
        await ExecuteAsync(transaction, _keepReplies, new { id, rows }, stop);
        return await ExecuteAsync(transaction, Fold, new { id, now = UnixMicroseconds.Of(now) }, stop) == 1;
    }

    /// <summary>What servers said of the failed mails of a folded edition, the most frequent first.</summary>
    public Task<ImmutableArray<(string Reply, long Mails)>> FoldedRepliesAsync(long edition, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<(string, long)>(new CommandDefinition(LoadReplies, new { edition }, cancellationToken: stop))).ToImmutableArray(),
        stop);

    /// <summary>Editions that are planned or cancelled, and whose account is open.</summary>
    public Task<ImmutableArray<Edition>> UnendedAsync(CancellationToken stop) => QueryAsync("where status in (2, 3) and ended_at is null order by id", new { }, stop);

    /// <summary>Editions whose rows are to be folded: they ended at or before an instant.</summary>
    public Task<ImmutableArray<Edition>> FoldableAsync(DateTimeOffset before, CancellationToken stop) =>
        QueryAsync(Foldable, new { before = UnixMicroseconds.Of(before) }, stop);

    /// <summary>Editions whose rows are not all made.</summary>
    public Task<ImmutableArray<Edition>> PlanningAsync(CancellationToken stop) => QueryAsync("where status = 1 order by id", new { }, stop);

    public async Task<Edition?> FindAsync(long id, CancellationToken stop) => (await QueryAsync("where id = @id", new { id }, stop)).FirstOrDefault();

    public async Task<Edition?> FindAsync(string newsletter, Cadence cadence, string key, CancellationToken stop) => (await QueryAsync(
        "where newsletter = @newsletter and cadence = @cadence and key = @key", new { newsletter, cadence = (long)cadence, key }, stop)).FirstOrDefault();

    /// <summary>The edition of this newsletter and cadence that waits for approval, if one does.</summary>
    public async Task<Edition?> HeldAsync(string newsletter, Cadence cadence, CancellationToken stop) => (await QueryAsync(
        "where newsletter = @newsletter and cadence = @cadence and status = 0 order by id", new { newsletter, cadence = (long)cadence }, stop)).FirstOrDefault();

    /// <summary>The highest number that an edition of this cadence has taken, a cancelled one included: what it returns goes into the next. 0 before the first.</summary>
    public Task<long> TakenAsync(string newsletter, Cadence cadence, CancellationToken stop) => database.ReadAsync(
        connection => connection.QuerySingleAsync<long>(new CommandDefinition(
            "select coalesce(max(upto), 0) from editions where newsletter = @newsletter and cadence = @cadence",
            new { newsletter, cadence = (long)cadence }, cancellationToken: stop)),
        stop);

    public Task<DateTimeOffset?> LastSlotAsync(string newsletter, Cadence cadence, CancellationToken stop) => database.ReadAsync(
        async connection => UnixMicroseconds.ToInstant(await connection.QuerySingleOrDefaultAsync<long?>(
            new CommandDefinition(LastSlot, new { newsletter, cadence = (long)cadence }, cancellationToken: stop))),
        stop);

    public static Task SaveSlotAsync(DbTransaction transaction, string newsletter, Cadence cadence, DateTimeOffset slot, CancellationToken stop) =>
        ExecuteAsync(transaction, SaveSlot, new { newsletter, cadence = (long)cadence, slot = UnixMicroseconds.Of(slot) }, stop);

    /// <summary>Editions that nothing may be sent of until somebody lets them go; cancelled ones are not among them.</summary>
    public Task<ImmutableArray<long>> PausedAsync(CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<long>(
            new CommandDefinition($"select id from editions where is_paused = 1 and {Lives}", cancellationToken: stop))).ToImmutableArray(),
        stop);

    /// <summary>Some editions by id, as the transaction sees them.</summary>
    public async Task<IReadOnlyDictionary<long, Edition>> FindAsync(DbTransaction transaction, IEnumerable<long> ids, CancellationToken stop) =>
        (await transaction.Connection!.QueryAsync<EditionRow>(new CommandDefinition(
            _loadSome, new { rows = SqlRows.Of(ids.Distinct(), id => [id]) }, transaction, cancellationToken: stop))).ToDictionary(r => r.Id, r => r.ToEdition());

    private Task<ImmutableArray<Edition>> QueryAsync(string condition, object parameters, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<EditionRow>(
                new CommandDefinition($"select {Columns} from editions {condition}", parameters, cancellationToken: stop)))
            .Select(r => r.ToEdition()).ToImmutableArray(),
        stop);

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));

    private sealed record VariantRow(long Variant, string Numbers, string? Composed)
    {
        public Variant ToVariant() => new((int)Variant, JsonSerializer.Deserialize<ImmutableArray<long>>(Numbers), Composed);
    }

    private sealed record EditionRow(
        long Id, string Newsletter, long Cadence, string Key, long Slot, string? LocalSlot, long Upto, long Cutoff, long Status, long IsPaused, long IsDropped,
        long Cursor, long Candidates, long? EndedAt, long? Sent, long? Failed, long? Cancelled, long? FoldedAt)
    {
        public Edition ToEdition() => new()
        {
            Id = Id,
            Newsletter = Newsletter,
            Cadence = (Cadence)Cadence,
            Key = Key,
            Slot = UnixMicroseconds.ToInstant(Slot),
            LocalSlot = LocalSlot is null ? null : LocalDue.Read(LocalSlot),
            Upto = Upto,
            Cutoff = UnixMicroseconds.ToInstant(Cutoff),
            Status = (EditionStatus)Status,
            IsPaused = IsPaused != 0,
            IsDropped = IsDropped != 0,
            Cursor = Cursor,
            Candidates = Candidates,
            End = UnixMicroseconds.ToInstant(EndedAt) is DateTimeOffset ended ? new EditionEnd(ended, Sent ?? 0, Failed ?? 0, Cancelled ?? 0, UnixMicroseconds.ToInstant(FoldedAt)) : null,
        };
    }
}

/// <summary>A set of posts within an edition.</summary>
/// <param name="Number">Within the edition, from 1.</param>
/// <param name="Posts">Numbers of releases, in order.</param>
/// <param name="Composed">Its frozen text as the composer wrote it; null until its first row falls due.</param>
internal sealed record Variant(int Number, ImmutableArray<long> Posts, string? Composed);
