using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Syndication.Storage;

namespace Syndication.Editions;

/// <summary>Keeps when newsletters began, candidates and releases. What makes up one decision takes the caller's transaction.</summary>
internal sealed class ReleaseStore(Database database)
{
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

    /// <summary>By newsletter, all that were read so far: a release never changes.</summary>
    private readonly ConcurrentDictionary<string, ImmutableArray<Release>> _releases = new(StringComparer.Ordinal);

    /// <summary>When a newsletter began; null before its first look at the site.</summary>
    public Task<DateTimeOffset?> BegunAtAsync(string newsletter, CancellationToken stop) => database.ReadAsync(
        async connection => UnixMicroseconds.ToInstant(await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(LoadBegun, new { newsletter }, cancellationToken: stop))),
        stop);

    public Task<ImmutableDictionary<NewsKey, Candidate>> CandidatesAsync(string newsletter, CancellationToken stop) => database.ReadAsync(
        async connection => (await connection.QueryAsync<CandidateRow>(new CommandDefinition(LoadCandidates, new { newsletter }, cancellationToken: stop)))
            .Select(r => r.ToCandidate()).ToImmutableDictionary(c => c.Key),
        stop);

    /// <summary>Lets go what is held: too many at once, or without a page. Gives how many.</summary>
    public Task<int> ApproveCandidatesAsync(string newsletter, CancellationToken stop) =>
        database.WriteAsync(transaction => ExecuteAsync(transaction, ApproveCandidates, new { newsletter }, stop), stop);

    /// <summary>All releases in order. Only those are read that are new since the last call.</summary>
    public async Task<ImmutableArray<Release>> AllAsync(string newsletter, CancellationToken stop)
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

    /// <summary>How many posts are in a state, and since when the first is known: null where none is.</summary>
    public Task<(long Posts, DateTimeOffset? Since)> CountAsync(string newsletter, CandidateState state, CancellationToken stop) => database.ReadAsync(
        async connection =>
        {
            (long posts, long? since) = await connection.QuerySingleAsync<(long, long?)>(
                new CommandDefinition(CountHeld, new { newsletter, state = (long)state }, cancellationToken: stop));
            return (posts, UnixMicroseconds.ToInstant(since));
        },
        stop);

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));

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
}
