using Syndication.Deliveries;
using Syndication.EndToEnd.Support;
using Syndication.Ledger;
using Syndication.Tests.Support;
using Syndication.Tests.Transports;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>
/// Every answer of a mail server at every point of a conversation, over the wire and through the ledger: nobody is lost, nobody fails who
/// is not to blame, and a copy comes only where the answer to a whole mail was lost. Each row is printed with its counts.
/// </summary>
public sealed class FaultTests
{
    private const int Readers = 30;
    private const int Domains = 6;

    /// <summary>What the server says to all, for ten minutes, and what becomes of it: the transport backs off, or is refused; one of many the
    /// same pauses it, or the edition; else each mail is tried again by itself, also where nobody knows whether it arrived.</summary>
    private const string ToAll = """
                            CONNECT   EHLO      MAIL      RCPT       DATA       .
        421 4.3.2 bye|drop  backs off backs off backs off waits      waits      waits
        450 4.2.0 later     backs off backs off backs off waits      waits      waits
        451 4.3.0 later     backs off backs off backs off waits      waits      waits
        452 4.3.1 full      backs off backs off backs off waits      waits      waits
        454 4.7.0 later     backs off backs off backs off waits      waits      waits
        550 5.1.0 no        refused   refused   refused   transport  edition    edition
        552 5.2.2 full      refused   refused   refused   waits      edition    edition
        554 5.5.0 no        refused   refused   refused   transport  edition    edition
        550 5.7.1 no        refused   refused   refused   transport  edition    edition
        what is this?       backs off backs off backs off waits      waits      uncertain
        drop                backs off backs off backs off waits      waits      uncertain
        silent              backs off backs off backs off waits      waits      uncertain
        """;

    /// <summary>What it says once, to the third, and what becomes of that mail; others go on.</summary>
    private const string ToOne = """
                            CONNECT   EHLO      MAIL      RCPT       DATA       .
        421 4.3.2 bye|drop  sent      sent      sent      sent       sent       sent
        450 4.2.0 later     sent      sent      sent      sent       sent       sent
        452 4.3.1 full      sent      sent      sent      sent       sent       sent
        454 4.7.0 later     sent      sent      sent      sent       sent       sent
        550 5.1.0 no        sent      sent      sent      failed     failed     failed
        552 5.2.2 full      sent      sent      sent      sent       failed     failed
        554 5.5.0 no        sent      sent      sent      failed     failed     failed
        550 5.7.1 no        sent      sent      sent      sent       sent       sent
        what is this?       sent      sent      sent      sent       sent       sent
        drop                sent      sent      sent      sent       sent       sent
        silent              sent      sent      sent      sent       sent       sent
        """;

    private static readonly string[] Points = ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<TestEngine, string, string, string> AnswersToAll =>
    [
        .. Cells(ToAll).Select(c => (TestEngine.Sqlite, c.Point, c.Answer, c.Outcome)),
        .. Cells(ToAll).Where((_, place) => place % 7 == 0).Select(c => (TestEngine.Postgres, c.Point, c.Answer, c.Outcome)),
        (TestEngine.Sqlite, "CONNECT", "220-half of a greeting|drop", "backs off"),
        (TestEngine.Sqlite, "MAIL", "552 5.3.4 too large", "edition"),
        (TestEngine.Sqlite, "BODY", "drop", "either"),
        (TestEngine.Postgres, ".", "lost", "uncertain"),
        (TestEngine.Sqlite, ".", "lost", "uncertain"),
    ];

    public static TheoryData<TestEngine, string, string, string> AnswersToOne =>
    [
        .. Cells(ToOne).Select(c => (TestEngine.Sqlite, c.Point, c.Answer, c.Outcome)),
        .. Cells(ToOne).Where((_, place) => place % 7 == 0).Select(c => (TestEngine.Postgres, c.Point, c.Answer, c.Outcome)),
        (TestEngine.Sqlite, "BODY", "drop", "sent"),
        (TestEngine.Postgres, ".", "lost", "sent"),
        (TestEngine.Sqlite, ".", "lost", "sent"),
    ];

    [Theory]
    [MemberData(nameof(AnswersToAll))]
    internal async Task WhateverTheServerSaysToAllNobodyIsLostOnceItIsPutRight(TestEngine engine, string point, string answer, string outcome)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = Script(point, answer) });
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(Readers, Domains);
        long edition = await room.PublishAsync();
        await using SmtpTransport transport = new(Options(server.Port, answer), TimeProvider.System);
        Dispatcher dispatcher = room.Dispatcher(transport);

        // An answer that is lost three times is looked for no more.
        List<PauseChange> told = await room.PassAsync(dispatcher, TimeSpan.FromMinutes(outcome is "uncertain" or "either" ? 1 : 10));

        string? pause = outcome switch
        {
            "backs off" => $"transport/{transport.Name} Backoff",
            "refused" => $"transport/{transport.Name} Refused",
            "transport" => $"transport/{transport.Name} Policy",
            "edition" => $"edition/{edition} Policy",
            _ => null,
        };
        Assert.Equal(pause is null ? [] : [pause], told.Where(p => !p.IsOver).Select(p => $"{p.Pause.Scope} {p.Pause.Kind}"));
        List<LedgerRow> rows = await room.RowsAsync();
        Assert.DoesNotContain(rows, r => r.Status is DeliveryStatus.Sent or DeliveryStatus.Failed or DeliveryStatus.Cancelled or DeliveryStatus.Sending);
        Assert.True(pause is null || rows.All(r => r.Attempts == 0));
        int uncertain = (int)await room.LostAsync();
        Assert.True(outcome == "either" || outcome == "uncertain" == uncertain > 0);

        server.Mend();
        await ResumeAsync(room, edition);
        await UntilDoneAsync(room, dispatcher);

        Report report = await Report.OfAsync(room, server);
        report.Print(engine, $"to all, {point}: {answer}", uncertain, outcome);
        Assert.Equal((Readers, 0, 0), (report.Sent, report.Failed, report.Lost));
        Assert.Equal(answer == "lost" ? uncertain : 0, report.Twice);
    }

    [Theory]
    [MemberData(nameof(AnswersToOne))]
    internal async Task WhateverTheServerSaysToOneOthersGoOn(TestEngine engine, string point, string answer, string outcome)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = $"{Script(point, "ok")}\n{Script(point, "ok")}\n{Script(point, answer)}\n{Script(point, "ok")}" });
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(Readers, Domains);
        await room.PublishAsync();
        await using SmtpTransport transport = new(Options(server.Port, answer), TimeProvider.System);
        Dispatcher dispatcher = room.Dispatcher(transport);

        List<PauseChange> told = await UntilDoneAsync(room, dispatcher);

        Report report = await Report.OfAsync(room, server);
        report.Print(engine, $"to one, {point}: {answer}", answer == "lost" ? 1 : 0, outcome);
        Assert.Empty(told);
        int failed = outcome == "failed" ? 1 : 0;
        Assert.Equal((Readers - failed, failed, 0), (report.Sent, report.Failed, report.Lost));
        Assert.Equal(answer == "lost" ? 1 : 0, report.Twice);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.Postgres)]
    public async Task ARelayThatIsDownAtTheStartGetsEverythingOnceItIsUp(TestEngine engine)
    {
        int port = FreePort.Next();
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(Readers, Domains);
        await room.PublishAsync();
        await using SmtpTransport transport = new(TestMail.Options(port), TimeProvider.System);
        Dispatcher dispatcher = room.Dispatcher(transport);

        Assert.Equal(PauseKind.Backoff, Assert.Single(await room.PassAsync(dispatcher, TimeSpan.FromMinutes(10))).Pause.Kind);
        Assert.All(await room.RowsAsync(), r => Assert.True(r is { Attempts: 0, Status: not DeliveryStatus.Failed }));
        await using ScriptedMailServer server = new(new MailServerWishes { Port = port });
        await UntilDoneAsync(room, dispatcher);

        Report report = await Report.OfAsync(room, server);
        report.Print(engine, "the relay is down at the start", 0, "backs off");
        Assert.Equal((Readers, 0, 0, 0), (report.Sent, report.Failed, report.Lost, report.Twice));
    }

    [Theory]
    [InlineData("not offered")]
    [InlineData("refused")]
    [InlineData("expired")]
    public async Task ARelayThatCannotBeTrustedGetsNothingUntilItCan(string what)
    {
        using TestCertificates certificates = new();
        int port = FreePort.Next();
        await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
        await room.SubscribeAsync(Readers, Domains);
        await room.PublishAsync();
        RelayOptions options = TestMail.Options(port);
        options.Security = MailSecurity.StartTls;
        await using SmtpTransport transport = new(options, TimeProvider.System, roots: certificates.Roots);
        Dispatcher dispatcher = room.Dispatcher(transport);
        MailServerWishes sound = new() { Port = port, Certificate = certificates.Issue() };
        await using (ScriptedMailServer bad = new(what switch
        {
            "not offered" => sound with { Certificate = "" },
            "refused" => sound with { Script = "STARTTLS 554 5.7.0 no" },
            _ => sound with { Certificate = certificates.Issue(hasExpired: true) },
        }))
        {
            Assert.Equal(PauseKind.Refused, Assert.Single(await room.PassAsync(dispatcher, TimeSpan.FromMinutes(10))).Pause.Kind);
            Assert.DoesNotContain(bad.Commands, c => c.StartsWith("MAIL", StringComparison.Ordinal));
        }

        await using ScriptedMailServer server = new(sound);
        await UntilDoneAsync(room, dispatcher);

        Report report = await Report.OfAsync(room, server);
        report.Print(TestEngine.Sqlite, $"TLS {what}", 0, "refused");
        Assert.Equal((Readers, 0, 0, 0), (report.Sent, report.Failed, report.Lost, report.Twice));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite, 1)]
    [InlineData(TestEngine.Sqlite, -1)]
    [InlineData(TestEngine.Postgres, 1)]
    [InlineData(TestEngine.Postgres, -1)]
    public async Task AClockThatIsSetWhileItRunsLosesAndDoublesNothing(TestEngine engine, int hours)
    {
        await using ScriptedMailServer server = new(new MailServerWishes { Script = string.Concat(Enumerable.Repeat("RCPT ok\nRCPT 450 4.2.0 later\n", 20)) + "RCPT ok" });
        await using Mailroom room = await Mailroom.CreateAsync(engine);
        await room.SubscribeAsync(Readers, Domains);
        await room.PublishAsync();
        await using SmtpTransport transport = new(TestMail.Options(server.Port), TimeProvider.System);
        int drafts = 0;
        Dispatcher dispatcher = room.Dispatcher(
            new InterruptedQueue(room.Queue, RowMoment.AfterDraft, () =>
            {
                room.SetClock(TimeSpan.FromHours(hours));
                drafts++;
                return Task.CompletedTask;
            }),
            (transport, new RelayOptions()));

        await UntilDoneAsync(room, dispatcher);

        Report report = await Report.OfAsync(room, server);
        report.Print(engine, $"the clock is set {(hours > 0 ? "forward" : "back")} an hour", 0, "goes on");
        Assert.Equal(1, drafts);
        Assert.Equal((Readers, 0, 0, 0), (report.Sent, report.Failed, report.Lost, report.Twice));
    }

    [Fact]
    public async Task AnOutboxFolderWhoseDiskIsFullGetsEverythingOnceThereIsSpace()
    {
        using TempFolder folder = new();
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Machine.Succeeds("mount", "-t", "tmpfs", "-o", "size=256k", "syndication-test", folder.Path), "mounting takes root");
        try
        {
            await using Mailroom room = await Mailroom.CreateAsync(TestEngine.Sqlite);
            await room.SubscribeAsync(Readers, Domains);
            await room.PublishAsync();
            string filler = Path.Join(folder.Path, "filler");
            await File.WriteAllBytesAsync(filler, new byte[180 * 1024], Stop);
            await using PickupTransport transport = new(folder.Path);
            Dispatcher dispatcher = room.Dispatcher(transport);

            List<PauseChange> told = await room.PassAsync(dispatcher, TimeSpan.FromMinutes(5));

            PauseChange pause = Assert.Single(told, p => !p.IsOver);
            Assert.Equal(PauseKind.Refused, pause.Pause.Kind);
            List<LedgerRow> rows = await room.RowsAsync();
            int sent = rows.Count(r => r.Status == DeliveryStatus.Sent);
            Assert.InRange(sent, 1, Readers - 1);
            Assert.All(rows, r => Assert.True(r.Status is DeliveryStatus.Sent or DeliveryStatus.Queued or DeliveryStatus.Deferred));
            File.Delete(filler);
            await UntilDoneAsync(room, dispatcher);

            string[] mails = Directory.GetFiles(folder.Path, "*.eml");
            TestContext.Current.TestOutputHelper?.WriteLine($"| {"the outbox folder's disk is full",-45} | {TestEngine.Sqlite,-8} | {"refused",-9} | sent {mails.Length,2} | failed 0 | {sent} before | {pause.Pause.Reason}");
            Assert.Equal(Readers, mails.Length);
            Assert.All(mails, m => Assert.NotEqual(0, new FileInfo(m).Length));
        }
        finally
        {
            Machine.Succeeds("umount", "--lazy", folder.Path);
        }
    }

    /// <summary>Where the server says nothing, the time for an answer is short; the clock of the ledger is another one.</summary>
    private static RelayOptions Options(int port, string answer)
    {
        RelayOptions options = TestMail.Options(port);
        options.Timeout = answer == "silent" ? TimeSpan.FromMilliseconds(150) : options.Timeout;
        return options;
    }

    /// <summary>Who does not like EHLO is asked with HELO.</summary>
    private static string Script(string point, string answer) => point == "EHLO" ? $"EHLO {answer}\nHELO {answer}" : $"{point} {answer}";

    private static IEnumerable<(string Point, string Answer, string Outcome)> Cells(string table)
    {
        string[] lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int[] columns = [.. Points.Select(p => lines[0].IndexOf($" {p}", StringComparison.Ordinal) + 1)];
        return lines.Skip(1).SelectMany(line => Points.Select((point, place) => (
            point,
            line[..columns[0]].Trim(),
            (place + 1 < columns.Length ? line[columns[place]..columns[place + 1]] : line[columns[place]..]).Trim())));
    }

    private static async Task ResumeAsync(Mailroom room, long edition)
    {
        foreach (SendingPause pause in await room.Pauses.ListAsync(Stop))
        {
            await room.Pauses.EndAsync(pause.Scope, Stop);
        }

        await room.Editions.PauseAsync(edition, false, Stop);
    }

    private static async Task<List<PauseChange>> UntilDoneAsync(Mailroom room, Dispatcher dispatcher)
    {
        List<PauseChange> told = [];
        for (int minutes = 0; minutes < 600 && (await room.RowsAsync()).Any(r => r.Status is not (DeliveryStatus.Sent or DeliveryStatus.Failed)); minutes++)
        {
            told.AddRange(await room.PassAsync(dispatcher, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), patience: TimeSpan.FromSeconds(1)));
        }

        return told;
    }

    /// <summary>Who has the mail, as the ledger and the server know it.</summary>
    /// <param name="Sent">By the ledger.</param>
    /// <param name="Failed">By the ledger.</param>
    /// <param name="Lost">Not failed, and the server took no mail for them.</param>
    /// <param name="Twice">The copies that the server took.</param>
    private sealed record Report(int Sent, int Failed, int Lost, int Twice)
    {
        public static async Task<Report> OfAsync(Mailroom room, IMailServer server)
        {
            List<LedgerRow> rows = await room.RowsAsync();
            string[] taken = [.. server.Mails.Select(m => m.Recipients[0])];
            return new Report(
                rows.Count(r => r.Status == DeliveryStatus.Sent),
                rows.Count(r => r.Status == DeliveryStatus.Failed),
                rows.Count(r => r.Status != DeliveryStatus.Failed && !taken.Contains(r.Address)),
                taken.Length - taken.Distinct().Count());
        }

        public void Print(TestEngine engine, string fault, int uncertain, string outcome) => TestContext.Current.TestOutputHelper?.WriteLine(
            $"| {fault,-45} | {engine,-8} | {outcome,-9} | sent {Sent,2} | failed {Failed} | uncertain {uncertain,2} | twice {Twice,2} | lost {Lost} |");
    }
}
