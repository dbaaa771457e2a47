using System.Text;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A mail server that refuses us: one line, nobody skipped, and everything goes once it is put right.</summary>
public sealed class MailPauseTests
{
    private const int Readers = 25;

    [Fact]
    public async Task AWrongPasswordIsOneLineAndNobodyIsSkippedOnceItIsCorrected()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes { Password = "right" });
        await PrepareAsync(work);
        await using (Service service = await Service.StartAsync(work, Mail(server, "wrong")))
        {
            work.Post("new.md", "New");
            await service.UntilPrintedAsync("mail is paused: user name or password are refused");
            await Eventually.IsAsync(
                async () => await HealthAsync(service) == "attention\nmail is paused: user name or password are refused\n", () => service.Program.Console);
            Command list = await Command.RunAsync(work, "editions", "list");
            Assert.Contains($"mail by 127.0.0.1:{server.Port} is paused since", list.Output, StringComparison.Ordinal);
            Assert.Contains($"{Readers} = 0 sent + 0 failed + 0 cancelled + {Readers} waiting", list.Output, StringComparison.Ordinal);
            await service.StopAsync();

            Assert.Single(service.Printed("paused"));
            Assert.Equal(1, server.Connections);
        }

        await using (Service service = await Service.StartAsync(work, Mail(server, "right")))
        {
            await service.UntilPrintedAsync("mail goes out again");
            await Eventually.IsAsync(() => Recipients(server).Count() == Readers + 1, () => $"a mail to each; {service.Program.Console}");
            await Eventually.IsAsync(async () => await HealthAsync(service) == "ok\n", () => service.Program.Console);
            await service.StopAsync();
        }

        Assert.Equal(Readers + 1, Recipients(server).Distinct().Count());
        TakenMail alert = Assert.Single(server.Mails, m => m.Recipients[0] == "operator@example.org");
        Assert.Contains("Auto-Submitted: auto-generated", Encoding.ASCII.GetString(alert.Content), StringComparison.Ordinal);
        Command after = await Command.RunAsync(work, "editions", "list");
        Assert.Contains($"{Readers} = {Readers} sent + 0 failed", after.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("paused", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResumeLetsAPausedTransportGoAtOnce()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes { Script = "MAIL 550 5.7.1 you are blocked\nMAIL ok" });
        await PrepareAsync(work);
        (await Command.RunAsync(work, "editions", "resume")).Fails(1, ["mail is not paused"]);
        await using Service service = await Service.StartAsync(work, Mail(server, ""));
        work.Post("new.md", "New");
        await service.UntilPrintedAsync("mail is paused: it cannot be handed over", "550 5.7.1 you are blocked");

        (await Command.RunAsync(work, "editions", "resume")).Succeeds();
        await Eventually.IsAsync(() => Recipients(server).Count() == Readers + 1, () => $"a mail to each; {service.Program.Console}");
        await service.StopAsync();
    }

    [Fact]
    public async Task AnEditionThatNeedsApprovalIsToldByMail()
    {
        using Workspace work = new();
        await PrepareAsync(work);
        await using Service service = await Service.StartAsync(
            work, "--Newsletter:Approve=true", "--Newsletter:QuietPeriod=00:00:00", "--Mail:Operator=operator@example.org");
        await Eventually.IsAsync(async () => await HealthAsync(service) == "ok\n", () => service.Program.Console);
        work.Post("new.md", "New");
        await service.UntilPrintedAsync("edition 1 waits for your approval");
        await Eventually.IsAsync(() => Outbox(work).Length == 1, () => $"the alert; {service.Program.Console}");
        Assert.Contains("edition 1 waits for your approval", await File.ReadAllTextAsync(Outbox(work)[0], TestContext.Current.CancellationToken), StringComparison.Ordinal);

        (await Command.RunAsync(work, "editions", "approve")).Succeeds();
        await Eventually.IsAsync(() => Outbox(work).Length == Readers + 1, () => $"a mail to each; {service.Program.Console}");
        await service.StopAsync();
    }

    /// <summary>At a start it has not looked yet, and says so with 503.</summary>
    private static async Task<string> HealthAsync(Service service)
    {
        using HttpResponseMessage answer = await service.GetAsync("/health");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static string[] Outbox(Workspace work) => Directory.Exists(work.In("data/outbox")) ? Directory.GetFiles(work.In("data/outbox"), "*.eml") : [];

    private static async Task PrepareAsync(Workspace work)
    {
        work.Write("readers.csv", "address\n" + string.Concat(Enumerable.Range(0, Readers).Select(i => FormattableString.Invariant($"reader{i}@readers.example\n"))));
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "import", "readers.csv")).Succeeds();
    }

    private static string[] Mail(AiosmtpdServer server, string password)
    {
        string[] mail =
        [
            "--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Security=none", "--Newsletter:QuietPeriod=00:00:00", "--Mail:Operator=operator@example.org",
        ];
        return password.Length == 0 ? mail : [.. mail, "--Mail:UserName=blog", $"--Mail:Password={password}"];
    }

    private static IEnumerable<string> Recipients(AiosmtpdServer server) => server.Mails.Select(m => m.Recipients[0]);
}
