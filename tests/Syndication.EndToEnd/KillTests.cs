using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>The program is killed again and again while it mails: everybody gets the mail, and what may have come twice is listed.</summary>
public sealed partial class KillTests
{
    private const int Connections = 4;

    /// <summary>The full form, by hand: KILLS=100 READERS=5000.</summary>
    private static readonly int Kills = Setting("KILLS", 5);
    private static readonly int Readers = Setting("READERS", 500);

    [Fact]
    public async Task KilledWhileItMailsItLosesNobodyAndSaysWhatMayHaveComeTwice()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        StringBuilder list = new("address\n");
        for (int i = 0; i < Readers; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"reader{i}@readers.example\n");
        }

        work.Write("readers.csv", list.ToString());
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "import", "readers.csv")).Succeeds();
        string[] mail =
        [
            "--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Security=none", $"--Mail:Connections={Connections}", "--Newsletter:QuietPeriod=00:00:00",
        ];
        Random chance = new(7);
        long uncertain = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            await using Service service = await Service.StartAsync(work, mail);
            if (kill == 0)
            {
                work.Post("new.md", "New");
            }

            // At a moment that only chance knows: when a few more mails have come than had before.
            int before = server.Mails.Count;
            int more = chance.Next(1, Math.Max(2, Readers / Kills));
            await Eventually.IsAsync(() => server.Mails.Count >= Math.Min(Readers, before + more), () => $"{more} more mails; {service.Program.Console}");
            service.Program.Send("KILL");
            await service.Program.ExitAsync();
            uncertain += UncertainIn(service.Program.Console);
        }

        await using (Service last = await Service.StartAsync(work, mail))
        {
            await Eventually.IsAsync(() => Recipients(server).Distinct().Count() == Readers, () => $"all readers; {last.Program.Console}");
            await last.UntilPrintedAsync("Next ");
            await last.StopAsync();
            uncertain += UncertainIn(last.Program.Console);
        }

        string[] got = [.. Recipients(server)];
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"kill -9, {Kills} times: {got.Distinct().Count()} of {Readers} readers have it, {got.Length - got.Distinct().Count()} twice, {uncertain} listed as uncertain, {Connections} connections");
        Assert.Equal(Readers, got.Distinct().Count());

        // No copy that was not announced as uncertain; and of those no more than there were connections at each kill.
        Assert.InRange(got.Length - Readers, 0, uncertain);
        Assert.InRange(uncertain, 0, Kills * Connections);

        // A copy is the same mail, known by its Message-ID.
        Assert.All(server.Mails.GroupBy(m => m.Recipients[0]), copies => Assert.Single(copies.Select(MessageId).Distinct()));
        Command editions = await Command.RunAsync(work, "editions", "list");
        Assert.Contains($"{Readers} = {Readers} sent + 0 failed + 0 cancelled + 0 waiting", editions.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APostIsMailedOnceItsFileIsStillAndAnEditMailsNobodyAgain()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "you@example.org")).Succeeds();
        await using Service service = await Service.StartAsync(work, "--Newsletter:QuietPeriod=00:00:01");
        work.Post("new.md", "New");
        await Eventually.IsAsync(() => Mails(work).Length == 1, () => $"a mail in the outbox; {service.Program.Console}");
        work.Post("new.md", "New", "tags: [edited]");
        work.Post("second.md", "Second");
        await Eventually.IsAsync(() => Mails(work).Length == 2, () => $"the second mail; {service.Program.Console}");
        await service.StopAsync();

        Assert.Equal(["New", "Second"], Mails(work).Select(SubjectOf).Order());
    }

    [Fact]
    public async Task ASecondServeOnTheSameDataLeavesWithAClearLine()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        await using Service service = await Service.StartAsync(work);

        (await Command.RunAsync(work, "--urls", $"http://127.0.0.1:{FreePort.Next()}")).Fails(3, ["another `serve` is running on it"]);
    }

    private static string[] Mails(Workspace work) => Directory.Exists(work.In("data/outbox")) ? Directory.GetFiles(work.In("data/outbox"), "*.eml") : [];

    private static string SubjectOf(string file) =>
        File.ReadLines(file).First(l => l.StartsWith("Subject: ", StringComparison.Ordinal))["Subject: ".Length..];

    private static IEnumerable<string> Recipients(AiosmtpdServer server) => server.Mails.Select(m => m.Recipients[0]);

    /// <summary>How many mails a start took over as uncertain.</summary>
    private static long UncertainIn(string console) =>
        UncertainLine().Match(console) is { Success: true } line ? long.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^Uncertain (\d+) mail", RegexOptions.Multiline)]
    private static partial Regex UncertainLine();

    private static string MessageId(TakenMail mail) =>
        Encoding.ASCII.GetString(mail.Content).Split("\r\n").First(l => l.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase));

    private static int Setting(string name, int value) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : value;
}
