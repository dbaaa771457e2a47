using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>What the operator does with an edition while `serve` sends it.</summary>
public sealed class EditionControlTests
{
    [Fact]
    public async Task WhoseMailFailedIsSentItAgainByTheRunningServe()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes { Script = "RCPT 550 5.1.1 no such user\nRCPT ok" });
        await using Service service = await StartAsync(work, server, readers: 2);
        await UntilListedAsync(work, "2 = 1 sent + 1 failed + 0 cancelled + 0 waiting");
        Assert.Contains("1 failed: RCPT TO: 550 5.1.1 no such user", (await Command.RunAsync(work, "editions", "show", "1")).Succeeds().Output, StringComparison.Ordinal);

        Command again = (await Command.RunAsync(work, "editions", "resend", "1", "--failed")).Succeeds();

        Assert.Contains("Edition 1 goes again to 1 reader who did not get it", again.Output, StringComparison.Ordinal);
        Assert.Contains("Edition 1 is sent by the running serve", again.Output, StringComparison.Ordinal);
        await UntilListedAsync(work, "2 = 2 sent + 0 failed + 0 cancelled + 0 waiting");
        Assert.Distinct(server.Mails.Select(m => m.Recipients[0]));
        await service.StopAsync();
    }

    [Fact]
    public async Task PausedCancelledAndSentAgainItGoesToNobodyTwice()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        await using Service service = await StartAsync(work, server, readers: 8, "--Mail:Limits:PerMinute=3");
        await UntilListedAsync(work, "8 = 3 sent + 0 failed + 0 cancelled + 5 waiting");

        (await Command.RunAsync(work, "editions", "pause", "1")).Succeeds();
        Assert.Contains("under way: 3 of 8, paused until `editions resume`", (await Command.RunAsync(work, "editions", "show", "1")).Succeeds().Output, StringComparison.Ordinal);
        (await Command.RunAsync(work, "editions", "resume", "1")).Succeeds();
        Assert.Contains("under way: 3 of 8, ", (await Command.RunAsync(work, "editions", "show", "1")).Succeeds().Output, StringComparison.Ordinal);
        (await Command.RunAsync(work, "editions", "cancel", "1")).Succeeds();
        await UntilListedAsync(work, "cancelled  8 = 3 sent + 0 failed + 5 cancelled + 0 waiting");

        Command again = (await Command.RunAsync(work, "editions", "resend", "1", "--missed")).Succeeds();

        Assert.Contains("Edition 1 goes again to 5 readers who did not get it", again.Output, StringComparison.Ordinal);
        await UntilListedAsync(work, "8 = 3 sent + 0 failed + 0 cancelled + 5 waiting");
        Assert.Distinct(server.Mails.Select(m => m.Recipients[0]));
        await service.StopAsync();
    }

    /// <summary>Starts to serve, and posts.</summary>
    private static async Task<Service> StartAsync(Workspace work, AiosmtpdServer server, int readers, params string[] more)
    {
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, ["subscribers", "add", .. Enumerable.Range(0, readers).Select(i => FormattableString.Invariant($"reader{i}@readers.example"))])).Succeeds();
        Service service = await Service.StartAsync(
            work,
            [
                "--Mail:Host=127.0.0.1", FormattableString.Invariant($"--Mail:Port={server.Port}"), "--Mail:Security=none", "--Mail:Connections=1",
                "--Newsletter:QuietPeriod=00:00:00", .. more,
            ]);
        work.Post("new.md", "New");
        return service;
    }

    private static async Task UntilListedAsync(Workspace work, string line)
    {
        Command list = new(0, "", []);
        await Eventually.IsAsync(
            async () =>
            {
                list = await Command.RunAsync(work, "editions", "list");
                return list.Output.Contains(line, StringComparison.Ordinal);
            },
            () => $"'{line}' in {list.Console}");
    }
}
