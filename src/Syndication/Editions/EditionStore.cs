using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>Keeps candidates, releases, editions, their variants and slots. What makes up one decision takes the caller's transaction.</summary>
internal sealed class EditionStore(Database database)
{
    private const string Columns = """
        id, newsletter, cadence, key, slot, upto, cutoff, status, is_paused as IsPaused, is_dropped as IsDropped, cursor, candidates
        """;

    /// <summary>When a newsletter began, if it did.</summary>
    private const string LoadBegun = "select begun_at from newsletters where name = @newsletter";

    /// <summary>Begins a newsletter; of two nodes the first counts.</summary>
    private const string Begin = "insert into newsletters (name, begun_at) values (@newsletter, @now) on conflict (name) do nothing";

    /// <summary>Takes the newsletter for the rest of the transaction: two nodes give numbers one after the other.</summary>
    private const string TakeNewsletter = "update newsletters set begun_at = begun_at where name = @newsletter";

    /// <summary>Posts and corrections without a number.</summary>
    private const string LoadCandidates = """
        select post_id as PostId, note, turned_up as TurnedUp, lacked_at as LackedAt, state, first_try as FirstTry, last_try as LastTry,
          last_status as LastStatus, last_answer as LastAnswer
        from candidates where newsletter = @newsletter
        """;

    /// <summary>Adds candidates or changes their state, but none that was released meanwhile; when one turned up, and what its page said, stays.</summary>
    private readonly string _saveCandidates = $"""
        insert into candidates (newsletter, post_id, note, turned_up, lacked_at, state)
        select @newsletter, value ->> 0, value ->> 1, cast(value ->> 2 as bigint), cast(value ->> 3 as bigint), cast(value ->> 4 as bigint)
        from {database.Dialect.Rows}
        where not exists (select 1 from releases r where r.newsletter = @newsletter and r.post_id = value ->> 0 and r.note = value ->> 1)
        order by 2, 3
        on conflict (newsletter, post_id, note) do update set state = excluded.state
        """;

    /// <summary>Keeps what the pages of posts said.</summary>
    private readonly string _saveAnswers = $"""
        update candidates set first_try = coalesce(first_try, @now), last_try = @now, last_status = answers.status, last_answer = answers.answer
        from (select value ->> 0 as post_id, cast(value ->> 1 as bigint) as status, value ->> 2 as answer from {database.Dialect.Rows}) as answers
        where candidates.newsletter = @newsletter and candidates.post_id = answers.post_id and candidates.note = ''
        """;

    private const string CountHeld = "select count(*) as Posts, min(turned_up) as Since from candidates where newsletter = @newsletter and state = @state";

    /// <summary>Lets go what is held.</summary>
    private const string ApproveCandidates = "update candidates set state = 4 where newsletter = @newsletter and state in (3, 5)";

    /// <summary>Releases above a number, in order.</summary>
    private const string LoadReleases = """
        select number, post_id as PostId, note, released_at as ReleasedAt, topics, corrects, correction, correction_mail as CorrectionMail
        from releases where newsletter = @newsletter and number > @after order by number
        """;

    /// <summary>
    /// Gives a post or a correction the next number and an instant that is not before the last one's. What has a number keeps it.
    /// </summary>
    private const string AddRelease = """
        insert into releases (newsletter, number, post_id, note, released_at, topics, corrects, correction, correction_mail)
        select @newsletter, coalesce(max(number), 0) + 1, @postId, @note,
          case when coalesce(max(released_at), 0) > @now then max(released_at) else @now end, @topics,
          max(case when post_id = @postId and note = '' and @note <> '' then number end), @text, @byMail
        from releases where newsletter = @newsletter
        on conflict (newsletter, post_id, note) do nothing
        """;

    private const string FindRelease = """
        select number, post_id as PostId, note, released_at as ReleasedAt, topics, corrects, correction, correction_mail as CorrectionMail
        from releases where newsletter = @newsletter and post_id = @postId and note = @note
        """;

    /// <summary>What is released is no candidate any more.</summary>
    private const string DropCandidate = "delete from candidates where newsletter = @newsletter and post_id = @postId and note = @note";

    /// <summary>Opens an edition; its key is unique, so that any number of nodes open it once.</summary>
    private const string Open = """
        insert into editions (newsletter, cadence, key, slot, upto, cutoff, status, is_paused, cursor, candidates)
        values (@newsletter, @cadence, @key, @slot, @upto, @cutoff, @status, 0, 0, 0)
        on conflict (newsletter, cadence, key) do nothing
        """;

    /// <summary>A held edition takes in what is new.</summary>
    private const string Merge = "update editions set upto = @upto, cutoff = @cutoff, slot = @slot where id = @id and status = 0";

    /// <summary>Moves an edition on in its life, if it is still where it was.</summary>
    private const string Move = "update editions set status = @to where id = @id and status = @from";

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

    /// <summary>The variant of a set of posts; a new set gets the next number.</summary>
    private const string AddVariant = """
        insert into variants (edition, variant, numbers)
        select @edition, coalesce(max(variant), 0) + 1, @numbers from variants where edition = @edition
        on conflict (edition, numbers) do nothing
        """;

    private const string FindVariant = "select variant from variants where edition = @edition and numbers = @numbers";

    private const string LoadVariant = "select variant, numbers, composed from variants where edition = @edition and variant = @variant";

    private const string LoadVariants = "select variant, numbers, composed from variants where edition = @edition order by variant";

    /// <summary>Which posts are in which variants of the editions that reach up to a number.</summary>
    private const string LoadNumbers = """
        select v.edition, v.variant, v.numbers from variants v join editions e on e.id = v.edition where e.newsletter = @newsletter and e.upto >= @lowest
        """;

    /// <summary>Freezes the text of a variant; the first text stays.</summary>
    private const string Compose = "update variants set composed = @composed where edition = @edition and variant = @variant and composed is null";

    /// <summary>Some editions.</summary>
    private readonly string _loadSome = $"select {Columns} from editions where id in (select cast(value ->> 0 as bigint) from {database.Dialect.Rows})";

    /// <summary>By newsletter, all that were read so far: a release never changes.</summary>
    private readonly ConcurrentDictionary<string, ImmutableArray<Release>> _releases = new(StringComparer.Ordinal);

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

    /// <summary>When a newsletter began; null before its first look at the site.</summary>
    public Task<DateTimeOffset?> BegunAtAsync(string newsletter, CancellationToken stop) => database.ReadAsync(
        async connection => ToInstant(await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(LoadBegun, new { newsletter }, cancellationToken: stop))),
        stop);

    public Task<ImmutableDictionary<NewsKey, Candidate>> CandidatesAsync(string newsletter, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<CandidateRow>(new CommandDefinition(LoadCandidates, new { newsletter }, cancellationToken: stop)))
            .Select(r => r.ToCandidate()).ToImmutableDictionary(c => c.Key),
        stop);

    /// <summary>Lets go what is held: too many at once, or without a page. Gives how many.</summary>
    public Task<int> ApproveCandidatesAsync(string newsletter, CancellationToken stop) =>
        database.WriteAsync(transaction => ExecuteAsync(transaction, ApproveCandidates, new { newsletter }, stop), stop);

    /// <summary>All releases in order. Only those are read that are new since the last call.</summary>
    public async Task<ImmutableArray<Release>> ReleasesAsync(string newsletter, CancellationToken stop)
    {
        ImmutableArray<Release> known = _releases.GetValueOrDefault(newsletter, []);
        long after = known.IsEmpty ? 0 : known[^1].Number;
        ImmutableArray<Release> added = await database.ReadAsync(
            async connection => (await connection.QueryAsync<ReleaseRow>(new CommandDefinition(LoadReleases, new { newsletter, after }, cancellationToken: stop)))
                .Select(r => r.ToRelease()).ToImmutableArray(),
            stop);
        return added.IsEmpty ? known : _releases[newsletter] = [.. known, .. added];
    }

    /// <summary>Keeps what a look at the catalog decided: the newsletter's beginning, candidates and new numbers, all or none.</summary>
    /// <param name="newsletter">The newsletter.</param>
    /// <param name="candidates">New or changed ones.</param>
    /// <param name="releases">What is to be given the next numbers, with the posts' topics, in this order.</param>
    /// <param name="now">The instant of release, unless an earlier number has a later one.</param>
    /// <param name="stop">Cancels.</param>
    public Task SaveAsync(
        string newsletter, IReadOnlyCollection<Candidate> candidates, IReadOnlyCollection<(News News, ImmutableArray<string> Topics)> releases,
        DateTimeOffset now, CancellationToken stop) => database.WriteAsync(
        async transaction =>
        {
            await ExecuteAsync(transaction, Begin, new { newsletter, now = UnixMicroseconds.Of(now) }, stop);
            await ExecuteAsync(transaction, TakeNewsletter, new { newsletter }, stop);
            string rows = SqlRows.Of(candidates, c => [c.PostId, c.Note, UnixMicroseconds.Of(c.TurnedUp), UnixMicroseconds.Of(c.LackedAt), (long)c.State]);
            await ExecuteAsync(transaction, _saveCandidates, new { newsletter, rows }, stop);
            foreach ((News news, ImmutableArray<string> topics) in releases)
            {
                await ReleaseAsync(transaction, newsletter, news, topics, now, stop);
            }

            return releases.Count;
        },
        stop);

    /// <summary>Keeps what the pages of waiting posts said.</summary>
    public Task SaveAnswersAsync(string newsletter, IReadOnlyCollection<PageAnswer> answers, DateTimeOffset now, CancellationToken stop) => database.WriteAsync(
        transaction => ExecuteAsync(
            transaction, _saveAnswers,
            new { newsletter, now = UnixMicroseconds.Of(now), rows = SqlRows.Of(answers, a => [a.Post.Id, (long?)a.Status, a.Answer]) }, stop),
        stop);

    /// <summary>Gives a post or correction the next number; null when it has one.</summary>
    public static async Task<Release?> ReleaseAsync(
        DbTransaction transaction, string newsletter, News news, ImmutableArray<string> topics, DateTimeOffset now, CancellationToken stop)
    {
        (string postId, string note) = news.Key;
        object parameters = new
        {
            newsletter,
            postId,
            note,
            now = UnixMicroseconds.Of(now),
            topics = JsonSerializer.Serialize(topics),
            text = news.Correction?.Text,
            byMail = news.Correction is { ByMail: true } ? 1L : 0L,
        };
        await ExecuteAsync(transaction, TakeNewsletter, parameters, stop);
        int made = await ExecuteAsync(transaction, AddRelease, parameters, stop);
        await ExecuteAsync(transaction, DropCandidate, parameters, stop);
        await InstanceStore.AdvanceAsync(transaction, stop);
        return made == 0 ? null : (await transaction.Connection!.QuerySingleAsync<ReleaseRow>(
            new CommandDefinition(FindRelease, parameters, transaction, cancellationToken: stop))).ToRelease();
    }

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
                upto = edition.Upto,
                cutoff = UnixMicroseconds.Of(edition.Cutoff),
                status = (long)edition.Status,
            },
            stop) == 1;
    }

    public static async Task<bool> MergeAsync(DbTransaction transaction, long id, long upto, DateTimeOffset cutoff, DateTimeOffset slot, CancellationToken stop) =>
        await ExecuteAsync(
            transaction, Merge, new { id, upto, cutoff = UnixMicroseconds.Of(cutoff), slot = UnixMicroseconds.Of(slot) }, stop) == 1;

    /// <summary>False when it was not in the first state any more.</summary>
    public static async Task<bool> MoveAsync(DbTransaction transaction, long id, EditionStatus from, EditionStatus to, CancellationToken stop) =>
        await ExecuteAsync(transaction, Move, new { id, from = (long)from, to = (long)to }, stop) == 1;

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

    /// <summary>The numbers of each variant of an edition, as the transaction sees them.</summary>
    public static async Task<ImmutableDictionary<int, ImmutableArray<long>>> PostsAsync(DbTransaction transaction, long edition, CancellationToken stop) =>
        (await transaction.Connection!.QueryAsync<VariantRow>(new CommandDefinition(LoadVariants, new { edition }, transaction, cancellationToken: stop)))
            .Select(r => r.ToVariant()).ToImmutableDictionary(v => v.Number, v => v.Posts);

    /// <summary>Editions that somebody has to let go: paused ones, and held ones that have posts which none before them took.</summary>
    public Task<ImmutableArray<Edition>> StandingAsync(CancellationToken stop) => QueryAsync(Standing, new { }, stop);

    /// <summary>How many posts are in a state, and since when the first is known: null where none is.</summary>
    public Task<(long Posts, DateTimeOffset? Since)> CountAsync(string newsletter, CandidateState state, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            (long posts, long? since) = await connection.QuerySingleAsync<(long, long?)>(
                new CommandDefinition(CountHeld, new { newsletter, state = (long)state }, cancellationToken: stop));
            return (posts, ToInstant(since));
        },
        stop);

    public Task<ImmutableArray<Edition>> ListAsync(CancellationToken stop) => QueryAsync("order by id", new { }, stop);

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
        async connection => ToInstant(await connection.QuerySingleOrDefaultAsync<long?>(
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

    private static DateTimeOffset? ToInstant(long? microseconds) => microseconds is long known ? UnixMicroseconds.ToInstant(known) : null;

    private sealed record CandidateRow(
        string PostId, string Note, long TurnedUp, long LackedAt, long State, long? FirstTry, long? LastTry, long? LastStatus, string? LastAnswer)
    {
        public Candidate ToCandidate() => new(PostId, UnixMicroseconds.ToInstant(TurnedUp), UnixMicroseconds.ToInstant(LackedAt), (CandidateState)State)
        {
            Note = Note,
            Page = FirstTry is long first && LastTry is long last
                ? new PageTries(UnixMicroseconds.ToInstant(first), UnixMicroseconds.ToInstant(last), (int?)LastStatus, LastAnswer ?? "")
                : null,
        };
    }

    private sealed record ReleaseRow(
        long Number, string PostId, string Note, long ReleasedAt, string Topics, long? Corrects, string? Correction, long CorrectionMail)
    {
        public Release ToRelease() => new(Number, PostId, UnixMicroseconds.ToInstant(ReleasedAt), JsonSerializer.Deserialize<ImmutableArray<string>>(Topics))
        {
            Correction = Correction is null ? null : new Correction(Note, Correction, CorrectionMail != 0),
            Corrects = Corrects,
        };
    }

    private sealed record VariantRow(long Variant, string Numbers, string? Composed)
    {
        public Variant ToVariant() => new((int)Variant, JsonSerializer.Deserialize<ImmutableArray<long>>(Numbers), Composed);
    }

    private sealed record EditionRow(
        long Id, string Newsletter, long Cadence, string Key, long Slot, long Upto, long Cutoff, long Status, long IsPaused, long IsDropped, long Cursor, long Candidates)
    {
        public Edition ToEdition() => new()
        {
            Id = Id,
            Newsletter = Newsletter,
            Cadence = (Cadence)Cadence,
            Key = Key,
            Slot = UnixMicroseconds.ToInstant(Slot),
            Upto = Upto,
            Cutoff = UnixMicroseconds.ToInstant(Cutoff),
            Status = (EditionStatus)Status,
            IsPaused = IsPaused != 0,
            IsDropped = IsDropped != 0,
            Cursor = Cursor,
            Candidates = Candidates,
        };
    }
}

/// <summary>A set of posts within an edition.</summary>
/// <param name="Number">Within the edition, from 1.</param>
/// <param name="Posts">Numbers of releases, in order.</param>
/// <param name="Composed">Its frozen text as the composer wrote it; null until its first row falls due.</param>
internal sealed record Variant(int Number, ImmutableArray<long> Posts, string? Composed);
