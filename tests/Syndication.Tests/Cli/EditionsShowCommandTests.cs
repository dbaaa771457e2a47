using Syndication.EndToEnd.Support;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Cli;

/// <summary>How far an edition is, live, until it is done.</summary>
public sealed class EditionsShowCommandTests : MailSite
{
    [Fact]
    public async Task OnATerminalOneLineIsRewrittenUntilTheEditionIsDone()
    {
        await PrepareAsync();
        TestTerminal terminal = new(At("")) { IsWatched = true };
        Task<int> following = terminal.RunAsync(["editions", "show", "2", "--follow", .. Site]);
        await UntilAsync(terminal, () => terminal.Error, "\r0 of 2, nothing was sent in the last minutes");

        await SentAsync(1);
        await UntilAsync(terminal, () => terminal.Error, "\r1 of 2, 1 a minute, expected to end at 12:0");
        await SentAsync(2);
        await UntilAsync(terminal, () => terminal.Out, "2 = 2 sent + 0 failed + 0 cancelled + 0 waiting");

        Assert.Equal(0, await following);
        Assert.DoesNotContain('\n', terminal.Error);
        Assert.DoesNotContain("of 2,", terminal.Out, StringComparison.Ordinal);
        Assert.All(terminal.Error.Split('\r', StringSplitOptions.RemoveEmptyEntries), l => Assert.InRange(l.Length, 1, 79));
    }

    [Fact]
    public async Task ElsewhereALineIsWrittenNowAndThen()
    {
        await PrepareAsync();
        TestTerminal terminal = new(At(""));
        Task<int> following = terminal.RunAsync(["editions", "show", "2", "--follow", .. Site]);
        await UntilAsync(terminal, () => terminal.Out, "0 of 2, nothing was sent in the last minutes\n");

        await SentAsync(1);
        await UntilAsync(terminal, () => terminal.Out, "1 of 2, ");
        await SentAsync(2);
        await UntilAsync(terminal, () => terminal.Out, "2 = 2 sent");

        Assert.Equal(0, await following);
        Assert.Empty(terminal.Error);
        Assert.Single(terminal.Out.Split('\n'), l => l.StartsWith("0 of 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnAccountThatDoesNotBalanceIsAnErrorAtTheEndOfFollowingToo()
    {
        await PrepareAsync();
        await SentAsync(2);
        await ExecuteAsync("delete from deliveries where id = (select max(id) from deliveries where edition = 2)");

        string said = (await RunAsync(3, "editions", "show", "2", "--follow")).Error;

        Assert.Equal("error: edition 2 was planned for 2 readers, and the ledger has 1\n", said);
    }

    /// <summary>Edition 2 waits for two readers.</summary>
    private async Task PrepareAsync()
    {
        Post("first.md", "First");
        Post("old.md", "Old");
        Post("other.md", "Other");
        await RunAsync(0, "subscribers", "add", "a@example.org", "b@example.org");
        await RunAsync(0, "editions", "send", "first");
        await using (Database database = await Database.OpenAsync(
            new StorageOptions { Data = At("data") }, DatabaseUse.Existing, TimeProvider.System, TestContext.Current.CancellationToken))
        {
            await using IAsyncDisposable? serve = await database.TryTakeInstanceAsync(TestContext.Current.CancellationToken);
            await RunAsync(0, "editions", "send", "old");
        }

        await RunAsync(0, "editions", "pause", "2");
        await RunAsync(0, "editions", "send", "other");
        await RunAsync(0, "editions", "resume", "2");
    }

    /// <summary>The first so many mails of edition 2 are sent at noon, as a dispatcher would keep it.</summary>
    private async Task SentAsync(int mails)
    {
        long minute = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() / 60;
        await ExecuteAsync(FormattableString.Invariant($"update deliveries set status = 3 where id in (select id from deliveries where edition = 2 order by id limit {mails})"));
        await ExecuteAsync(FormattableString.Invariant($"insert into pace (edition, minute, sent) values (2, {minute}, 1) on conflict (edition, minute) do update set sent = {mails}"));
    }

    /// <summary>Lets time pass, a second at a time, until something was printed.</summary>
    private static Task UntilAsync(TestTerminal terminal, Func<string> printed, string expected) => Eventually.IsAsync(
        () =>
        {
            if (printed().Contains(expected, StringComparison.Ordinal))
            {
                return true;
            }

            terminal.Time.Advance(TimeSpan.FromSeconds(1));
            return false;
        },
        () => $"'{expected}' in\n{printed()}");
}
