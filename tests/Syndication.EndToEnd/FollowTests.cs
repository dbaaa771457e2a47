using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>`editions show --follow` beside the process that sends: on a terminal, in a pipe, and ended by Ctrl+C.</summary>
public sealed class FollowTests
{
    private const int Readers = 20;

    [Fact]
    public async Task ItTellsHowFarTheEditionIsUntilThatIsDone()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        await using RunningProgram sending = await SendAsync(work, server, "--Mail:Limits:PerSecond=3");

        Command followed = await Command.RunAsync(new Launch { Folder = work.Folder, Arguments = ["editions", "show", "1", "--follow"], Under = Machine.OnATerminal() });

        Assert.True(followed.ExitCode == 0, followed.Console);
        string[] lines = followed.Output.Split('\n');
        Assert.True(lines.Count(l => l.Contains($" of {Readers}", StringComparison.Ordinal)) > 1, followed.Console);
        Assert.Contains(lines, l => l.Contains("expected to end at ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains($"{Readers} = {Readers} sent + 0 failed + 0 cancelled + 0 waiting", StringComparison.Ordinal));
        Assert.True(await sending.ExitAsync() == 0, sending.Console);
    }

    [Fact]
    public async Task CtrlCEndsItWithTheAccountAsItStands()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        await using RunningProgram sending = await SendAsync(work, server, "--Mail:Limits:PerMinute=3");
        await using RunningProgram follow = RunningProgram.Start(new Launch { Folder = work.Folder, Arguments = ["editions", "show", "1", "--follow"] });
        await Eventually.IsAsync(() => follow.Output.Text.Contains($" of {Readers}", StringComparison.Ordinal), () => follow.Console);

        follow.Send("INT");

        Assert.True(await follow.ExitAsync() == 0, follow.Console);
        Assert.Contains($"{Readers} = 3 sent + 0 failed + 0 cancelled + {Readers - 3} waiting", follow.Output.Text, StringComparison.Ordinal);
        Assert.Empty(follow.Errors.All);
        sending.Send("INT");
        Assert.True(await sending.ExitAsync() == 0, sending.Console);
    }

    /// <summary>Starts sending a post slowly, and returns when three mails are out.</summary>
    private static async Task<RunningProgram> SendAsync(Workspace work, AiosmtpdServer server, string limit)
    {
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, ["subscribers", "add", .. Enumerable.Range(0, Readers).Select(i => FormattableString.Invariant($"reader{i}@readers.example"))])).Succeeds();
        RunningProgram sending = RunningProgram.Start(new Launch
        {
            Folder = work.Folder,
            Arguments = ["editions", "send", "old", "--Mail:Host=127.0.0.1", FormattableString.Invariant($"--Mail:Port={server.Port}"), "--Mail:Security=none", limit],
        });
        await Eventually.IsAsync(() => server.Mails.Count >= 3, () => $"a few mails; {sending.Console}");
        return sending;
    }
}
