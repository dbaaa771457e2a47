using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Syndication.EndToEnd.PowerLoss;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>The power fails again and again while the program mails, and the disk keeps only what it was made to keep.</summary>
public sealed class PowerLossTests
{
    private const int Connections = 4;

    /// <summary>The full form, by hand: LOSSES=20 READERS=500.</summary>
    private static readonly int Losses = Setting("LOSSES", 3);
    private static readonly int Readers = Setting("READERS", 120);

    [Fact]
    public async Task WhateverAPowerFailureTakesEveryReaderGetsTheMailAndCopiesAreNoMoreThanTheConnections()
    {
        using Workspace work = new();
        await ImportAsync(work);
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        string[] mail =
        [
            "--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Security=none", $"--Mail:Connections={Connections}", "--Newsletter:QuietPeriod=00:00:00",
        ];
        WorstDisk disk = new(work, "data");
        Random chance = new(11);
        for (int loss = 0; loss < Losses; loss++)
        {
            await using Service service = await Service.StartAsync(disk.Launch(mail));
            Assert.Empty(service.Printed("Held "));
            if (loss == 0)
            {
                work.Post("new.md", "New");
            }

            int wanted = server.Mails.Count + chance.Next(1, Math.Max(2, Readers / Losses));
            await Eventually.IsAsync(() => server.Mails.Count >= Math.Min(Readers, wanted), () => $"{wanted} mails; {service.Program.Console}");
            await LoseAsync(service, disk);
        }

        await using (Service last = await Service.StartAsync(work, mail))
        {
            await Eventually.IsAsync(() => Recipients(server).Distinct().Count() == Readers, () => $"all readers; {last.Program.Console}");
            await last.StopAsync();
        }

        string[] got = Recipients(server);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"power loss, {Losses} times: {got.Distinct().Count()} of {Readers} readers have it, {got.Length - got.Distinct().Count()} twice, {Connections} connections");
        Assert.InRange(got.Length - Readers, 0, Losses * Connections);
        Assert.True(await AreAllSentAsync(work));
    }

    [Fact]
    public async Task WhateverAPowerFailureTakesTheOutboxHasEveryMailThatTheLedgerCallsSent()
    {
        using Workspace work = new();
        await ImportAsync(work);
        WorstDisk disk = new(work, "data");
        Random chance = new(13);
        int most = 0;
        for (int loss = 0; loss < Losses; loss++)
        {
            await using Service service = await Service.StartAsync(disk.Launch("--Newsletter:QuietPeriod=00:00:00"));
            if (loss == 0)
            {
                work.Post("new.md", "New");
            }

            // The first time it fails as soon as there is an outbox.
            int wanted = loss == 0 ? 1 : Mails(work).Length + chance.Next(1, Math.Max(2, Readers / Losses));
            await Eventually.IsAsync(() => Mails(work).Length >= Math.Min(Readers, wanted), () => $"{wanted} mails; {service.Program.Console}");
            await LoseAsync(service, disk);
            string[] sent = Sent(work);
            Assert.Subset(Mails(work).Select(RecipientOf).ToHashSet(), sent.ToHashSet());
            Assert.True(sent.Length >= most, $"{most} mails had been sent, and the ledger knows of {sent.Length}");
            most = sent.Length;
        }

        await using (Service last = await Service.StartAsync(work, "--Newsletter:QuietPeriod=00:00:00"))
        {
            await Eventually.IsAsync(() => AreAllSentAsync(work), () => $"all sent; {last.Program.Console}");
            await last.StopAsync();
        }

        // Copies replace their originals.
        Assert.Equal(Readers, Mails(work).Length);
        Assert.Equal(Readers, Mails(work).Select(RecipientOf).Distinct().Count());
    }

    private static async Task ImportAsync(Workspace work)
    {
        StringBuilder list = new("address\n");
        for (int i = 0; i < Readers; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"reader{i}@readers.example\n");
        }

        work.Write("readers.csv", list.ToString());
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "import", "readers.csv")).Succeeds();
    }

    private static async Task LoseAsync(Service service, WorstDisk disk)
    {
        service.Program.Send("KILL");
        await service.Program.ExitAsync();
        disk.Lose();
    }

    private static async Task<bool> AreAllSentAsync(Workspace work) => (await Command.RunAsync(work, "editions", "list")).Output.Contains(
        $"{Readers} = {Readers} sent + 0 failed + 0 cancelled + 0 waiting", StringComparison.Ordinal);

    private static string[] Recipients(AiosmtpdServer server) => [.. server.Mails.Select(m => m.Recipients[0])];

    private static string[] Mails(Workspace work) => Directory.Exists(work.In("data/outbox")) ? Directory.GetFiles(work.In("data/outbox"), "*.eml") : [];

    /// <summary>Whose mail a file is, or what is wrong with it.</summary>
    private static string RecipientOf(string file)
    {
        string[] lines = File.ReadAllLines(file);
        return lines.Length > 0 && lines[^1].StartsWith("--", StringComparison.Ordinal) && lines[^1].EndsWith("--", StringComparison.Ordinal)
            ? lines.First(l => l.StartsWith("To: ", StringComparison.Ordinal))["To: ".Length..].Trim('<', '>')
            : $"{file} is not whole";
    }

    /// <summary>Who has their mail, by the ledger: read from a copy, so that the program finds its log as the power failure left it.</summary>
    private static string[] Sent(Workspace work)
    {
        string copy = Directory.CreateDirectory(work.In("copy")).FullName;
        foreach (string name in ((string[])["syndication.db", "syndication.db-wal"]).Where(n => File.Exists(work.In($"data/{n}"))))
        {
            File.Copy(work.In($"data/{name}"), Path.Join(copy, name));
        }

        List<string> sent = [];
        using (SqliteConnection connection = new($"Data Source={Path.Join(copy, "syndication.db")};Pooling=false"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "select address from deliveries join subscribers on subscribers.id = subscriber where deliveries.status = 3";
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                sent.Add(reader.GetString(0));
            }
        }

        Directory.Delete(copy, recursive: true);
        return [.. sent];
    }

    private static int Setting(string name, int value) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : value;
}
