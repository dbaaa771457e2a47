using System.Globalization;
using System.Text;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>The disk of the database is full for a while: each matter is one line, and once there is space everybody gets the mail, once.</summary>
public sealed class DiskFullTests
{
    private const int Readers = 2000;

    [Fact]
    public async Task WhileItMailsItLosesNobodyAndMailsNobodyTwice()
    {
        using Workspace work = new();
        Directory.CreateDirectory(work.In("data"));
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Machine.Succeeds("mount", "-t", "tmpfs", "-o", "size=16m", "syndication-test", work.In("data")), "mounting takes root");
        try
        {
            await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
            await PrepareAsync(work);
            await using Service service = await StartAsync(work, server);
            work.Post("new.md", "New");
            await Eventually.IsAsync(() => server.Mails.Count >= 50, () => $"some mails; {service.Program.Console}");
            Fill(work);
            await service.UntilPrintedAsync("the disk is full");
            int taken = server.Mails.Count;
            Assert.InRange(taken, 50, Readers - 1);

            // What goes wrong each second is not told each second.
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            IReadOnlyList<string> lines = service.Printed("the disk is full");
            Assert.Equal(lines.Count, lines.Select(l => l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Distinct().Count());
            Assert.InRange(lines.Count, 1, 3);
            Assert.InRange(server.Mails.Count, taken, taken + 4);

            work.Delete("data/filler");
            await Eventually.IsAsync(() => Recipients(server).Distinct().Count() == Readers, () => $"all readers; {service.Program.Console}");
            await service.StopAsync();
            string[] got = Recipients(server);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"the ledger's disk is full after {taken} mails: {got.Distinct().Count()} of {Readers} readers have it, {got.Length - got.Distinct().Count()} twice; {string.Join(" / ", lines)}");
            Assert.Equal(Readers, got.Length);
            Assert.Contains($"{Readers} = {Readers} sent + 0 failed + 0 cancelled + 0 waiting", (await Command.RunAsync(work, "editions", "list")).Output, StringComparison.Ordinal);
        }
        finally
        {
            Machine.Succeeds("umount", "--lazy", work.In("data"));
        }
    }

    private static Task<Service> StartAsync(Workspace work, AiosmtpdServer server) => Service.StartAsync(
        work, "--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Security=none", "--Mail:Connections=4", "--Newsletter:QuietPeriod=00:00:00", "--output", work.In("site"));

    private static async Task PrepareAsync(Workspace work)
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

    /// <summary>Takes all space that is left.</summary>
    private static void Fill(Workspace work)
    {
        using FileStream filler = new(work.In("data/filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (int size in (int[])[1 << 20, 1 << 12])
        {
            byte[] piece = new byte[size];
            try
            {
                while (true)
                {
                    filler.Write(piece);
                }
            }
            catch (IOException)
            {
                // No such piece goes in any more.
            }
        }
    }

    private static string[] Recipients(AiosmtpdServer server) => [.. server.Mails.Select(m => m.Recipients[0])];
}
