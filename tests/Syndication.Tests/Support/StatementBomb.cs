using System.Data.Common;
using Syndication.Storage;

namespace Syndication.Tests.Support;

/// <summary>Kills a process between two statements: a trigger on each table of the newsletter's life aborts the write at which the fuse has burnt down.</summary>
internal static class StatementBomb
{
    private const string Message = "the process dies here";

    private static readonly (string Table, string Action)[] Places =
    [
        ("candidates", "insert"), ("releases", "insert"), ("editions", "insert"), ("editions", "update"), ("variants", "insert"),
        ("slots", "insert"), ("deliveries", "insert"), ("deliveries", "update"), ("marks", "insert"), ("marks", "update"),
    ];

    /// <summary>Lays it; the fuse does not burn yet.</summary>
    public static Task LayAsync(Database database, TestEngine engine) => RunAsync(
        database, "create table bomb (fuse integer); insert into bomb values (-1);" + (engine == TestEngine.Postgres ? PostgresTriggers() : SqliteTriggers()));

    /// <summary>Lets the write after so many others die; a negative number puts the fuse out.</summary>
    public static Task LightAsync(Database database, int fuse) => RunAsync(database, $"update bomb set fuse = {fuse}");

    /// <summary>Whether a failure is the bomb's.</summary>
    public static bool IsBlast(DbException e) => e.Message.Contains(Message, StringComparison.Ordinal);

    private static string SqliteTriggers() => string.Concat(Places.Select(p => $"""
        create trigger bomb_{p.Table}_{p.Action} after {p.Action} on {p.Table} begin
          update bomb set fuse = fuse - 1 where fuse > 0;
          select raise(abort, '{Message}') from bomb where fuse = 0;
        end;
        """));

    private static string PostgresTriggers() =>
        $"""
        create function blast() returns trigger language plpgsql as $$ begin
          update bomb set fuse = fuse - 1 where fuse > 0;
          if exists (select 1 from bomb where fuse = 0) then raise exception '{Message}'; end if;
          return null;
        end $$;
        """
        + string.Concat(Places.Select(p => $"create trigger bomb_{p.Table}_{p.Action} after {p.Action} on {p.Table} for each row execute function blast();\n"));

    private static Task RunAsync(Database database, string sql) =>
        database.WriteAsync(transaction => TestSql.ExecuteAsync(transaction, sql), TestContext.Current.CancellationToken);
}
