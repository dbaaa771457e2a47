using Dapper;
using Syndication.Editions;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Editions;

public sealed class PostIdStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task WhatWasDecidedOfAPostGoesOnUnderItsNewId(TestEngine engine)
    {
        await using TestDatabase place = await TestDatabase.CreateAsync(engine);
        await using Database database = await place.OpenAsync();
        PostIdStore store = new(database);
        await database.WriteAsync(
            transaction => TestSql.ExecuteAsync(transaction, """
                insert into newsletters (name, begun_at) values ('default', 1);
                insert into candidates (newsletter, post_id, note, turned_up, lacked_at, state)
                values ('default', 'a', '', 1, 1, 1), ('default', 'a2', '', 1, 1, 2), ('default', 'c', '', 1, 1, 2);
                insert into releases (newsletter, number, post_id, note, released_at, topics, correction_mail) values ('default', 1, 'b', '', 1, '[]', 0);
                """),
            Stop);

        Assert.Equal(["b"], await store.ReleasedAsync(["a", "b"], Stop));
        await database.WriteAsync(
            async transaction =>
            {
                await store.RenameAsync(transaction, new Dictionary<string, string> { ["a"] = "a2", ["x"] = "c" }, Stop);
                return 0;
            },
            Stop);

        IEnumerable<(string Id, long State)> left = await database.ReadAsync(
            connection => connection.QueryAsync<(string, long)>("select post_id, state from candidates order by post_id"), Stop);
        Assert.Equal([("a2", 1), ("c", 2)], left);
    }
}
