using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

/// <summary>A database of the version before has posts only; they stay what they are.</summary>
public sealed class PagesAndCorrectionsMigrationTests
{
    /// <summary>The two tables as 0004 makes them, on both engines.</summary>
    private const string Before = """
        drop table candidates;
        drop table releases;
        create table candidates (
          newsletter text not null,
          post_id text not null,
          turned_up bigint not null,
          lacked_at bigint not null,
          state bigint not null check (state between 0 and 4),
          primary key (newsletter, post_id)
        );
        create table releases (
          newsletter text not null,
          number bigint not null,
          post_id text not null,
          released_at bigint not null,
          topics text not null,
          primary key (newsletter, number),
          unique (newsletter, post_id)
        );
        insert into candidates values ('posts', 'old', 1, 2, 1), ('posts', 'held', 3, 4, 3);
        insert into releases values ('posts', 1, 'a', 5, '["cats"]'), ('posts', 2, 'b', 6, '[]');
        delete from schemaversions where scriptname like '0008%';
        """;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task PostsOfAnEarlierVersionKeepTheirNumbersAndStates(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using (Database earlier = await place.OpenAsync())
        {
            await earlier.WriteAsync(transaction => TestSql.ExecuteAsync(transaction, Before), TestContext.Current.CancellationToken);
        }

        await using Database database = await place.OpenAsync();
        EditionStore store = new(database);
        ImmutableArray<Release> releases = await store.Releases.AllAsync("posts", TestContext.Current.CancellationToken);
        ImmutableDictionary<NewsKey, Candidate> candidates = await store.Releases.CandidatesAsync("posts", TestContext.Current.CancellationToken);

        Assert.Equal([(1L, "a", null), (2L, "b", null)], releases.Select(r => (r.Number, r.PostId, r.Correction)));
        Assert.Equal(["cats"], releases[0].Topics);
        Assert.Equal(CandidateState.NotNews, candidates[new NewsKey("old")].State);
        Assert.Equal(CandidateState.Held, candidates[new NewsKey("held")].State);
        Assert.All(candidates.Values, c => Assert.Null(c.Page));
        Assert.Equal(1, await store.Releases.ApproveCandidatesAsync("posts", TestContext.Current.CancellationToken));
    }
}
