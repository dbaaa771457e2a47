using System.Security.Cryptography;
using System.Text;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>Mail that the whole program signs, as others see it: with the records that `check` says are to be published.</summary>
public sealed class SignedMailTests
{
    /// <summary>As `openssl genpkey -algorithm ed25519` writes one; the key is that of RFC 8463 appendix A.</summary>
    private const string Ed25519 = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";

    private static readonly string[] Setup =
    [
        "--Site:Url=https://blog.example/", "--Newsletter:From=news@blog.example", "--Newsletter:Address=1 Harbour Street",
        "--Mail:Dkim:0:Domain=blog.example", "--Mail:Dkim:0:Selector=s1", "--Mail:Dkim:0:KeyFile=rsa.pem",
        "--Mail:Dkim:1:Domain=blog.example", "--Mail:Dkim:1:Selector=s2", "--Mail:Dkim:1:KeyFile=ed25519.pem",
    ];

    [Fact]
    public async Task BothSignaturesOfAMailHoldUntilItIsTamperedWith()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        string[] mail = Prepare(work, server.Port);
        (string, string)[] records = await RecordsAsync(work, mail);
        Assert.Equal(["s1._domainkey.blog.example", "s2._domainkey.blog.example"], records.Select(r => r.Item1));

        byte[] signed = await TestAsync(work, server, mail);

        Assert.Equal("True True", await PythonDkim.VerifyAsync(signed, records));
        string text = Encoding.ASCII.GetString(signed);
        foreach (string signature in text.Split("DKIM-Signature:").Skip(1))
        {
            string[] names = [.. signature[(signature.IndexOf("h=", StringComparison.Ordinal) + 2)..].Split(';')[0].Split(':').Select(n => n.Trim().ToLowerInvariant())];
            Assert.Contains("list-unsubscribe", names);
            Assert.Contains("list-unsubscribe-post", names);
            Assert.Equal(2, names.Count(n => n == "from"));
        }

        Assert.Equal("False False", await PythonDkim.VerifyAsync(Changed(text, "The text of Hello", "The text of Hallo"), records));
        Assert.Equal("False False", await PythonDkim.VerifyAsync(Changed(text, "List-Unsubscribe: <https://blog", "List-Unsubscribe: <https://evil"), records));
        Assert.Equal("False False", await PythonDkim.VerifyAsync(Changed(text, "\r\nFrom:", "\r\nFrom: other@evil.example\r\nFrom:"), records));
    }

    [Fact]
    public async Task OpendkimAcceptsAMailAndRefusesOneThatWasTamperedWith()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        string[] mail = Prepare(work, server.Port);
        (string, string)[] records = await RecordsAsync(work, mail);
        byte[] signed = await TestAsync(work, server, mail);

        string file = work.Write("signed.eml", signed);
        Assert.Equal("accepted", await OpenDkim.VerifyAsync(file, records));
        Assert.Equal("accepted", await OpenDkim.VerifyAsync(file, records[0]));
        Assert.NotEqual("accepted", await OpenDkim.VerifyAsync(file));
        byte[] tampered = Changed(Encoding.ASCII.GetString(signed), "The text of Hello", "The text of Hallo");
        Assert.Contains("dkim_eom(): ", await OpenDkim.VerifyAsync(work.Write("tampered.eml", tampered), records), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WhatServeMailsIsSignedForEachReaderAlone()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        string[] mail = Prepare(work, server.Port);
        (string, string)[] records = await RecordsAsync(work, mail);
        (await Command.RunAsync(work, "subscribers", "add", "a@example.org", "b@example.org")).Succeeds();
        await using Service service = await Service.StartAsync(work, [.. mail, "--Newsletter:QuietPeriod=00:00:00", "--Newsletter:WaitForPage=false"]);
        work.Post("new.md", "New");

        foreach (TakenMail taken in await ((IMailServer)server).MailsAsync(2))
        {
            Assert.Equal("True True", await PythonDkim.VerifyAsync(taken.Content, records));
        }

        await service.StopAsync();
        Assert.Equal(2, server.Mails.Select(m => Encoding.ASCII.GetString(m.Content).Split("b=")[2]).Distinct().Count());
    }

    [Fact]
    public async Task SwaksPassesASignedMailOnAsItIs()
    {
        Machine.Require(Machine.Succeeds("swaks", "--version"), "there is no swaks (apt-get install swaks)");
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        string[] mail = Prepare(work, server.Port);
        (string, string)[] records = await RecordsAsync(work, mail);
        string file = work.Write("signed.eml", await TestAsync(work, server, mail));

        Tool swaks = await Tool.RunAsync(["swaks", "--server", $"127.0.0.1:{server.Port}", "--from", "news@blog.example", "--to", "you@example.org", "--data", $"@{file}"]);

        Assert.True(swaks.ExitCode == 0, swaks.Output + swaks.Errors);
        Assert.Contains("250 2.0.0 taken", swaks.Output, StringComparison.Ordinal);
        Assert.Equal("True True", await PythonDkim.VerifyAsync((await ((IMailServer)server).MailsAsync(2))[1].Content, records));
    }

    [Fact]
    public async Task AKeyThatMayNotBeReadIsOneLine()
    {
        using Workspace work = new();
        Prepare(work, 25);
        (await Command.RunAsync(work, "subscribers", "add", "reader@example.org")).Succeeds();
        File.SetUnixFileMode(work.In("rsa.pem"), UnixFileMode.None);
        foreach (string[] command in (string[][])[["check"], ["editions", "send", "hello", "--test", "me@example.org"]])
        {
            Command refused = await Command.RunAsync(new Launch { Folder = work.Folder, Arguments = [.. command, .. Setup], Under = Machine.WithoutPrivileges() });

            Assert.True(refused.ExitCode == 1, refused.Console);
            string line = Assert.Single(refused.Errors, e => e.StartsWith("error: ", StringComparison.Ordinal));
            Assert.Contains("--Mail:Dkim:0:KeyFile", line, StringComparison.Ordinal);
            Assert.Contains($"'{work.In("rsa.pem")}' cannot be read", line, StringComparison.Ordinal);
        }
    }

    /// <summary>A post, keys, a database, and the arguments that mail takes.</summary>
    private static string[] Prepare(Workspace work, int port)
    {
        using RSA rsa = RSA.Create(2048);
        work.Write("rsa.pem", rsa.ExportPkcs8PrivateKeyPem());
        work.Write("ed25519.pem", Ed25519);
        work.Post("hello.md", "Hello");
        return [.. Setup, "--Mail:Host=127.0.0.1", FormattableString.Invariant($"--Mail:Port={port}"), "--Mail:Security=none"];
    }

    /// <summary>The DNS records, as `check` prints them.</summary>
    private static async Task<(string Name, string Record)[]> RecordsAsync(Workspace work, string[] mail)
    {
        const string Before = "DNS record that must be published for signatures to count: ";
        Command check = (await Command.RunAsync(work, ["check", .. mail])).Succeeds();
        Assert.Contains(
            "Mail is signed by s1._domainkey.blog.example (rsa-sha256) and s2._domainkey.blog.example (ed25519-sha256)", check.Output, StringComparison.Ordinal);
        return [.. check.Output.Split('\n').Where(l => l.StartsWith(Before, StringComparison.Ordinal)).Select(l => l[Before.Length..].Split(" TXT ", 2))
            .Select(p => (p[0], p[1].Trim('"').Replace("\" \"", "", StringComparison.Ordinal)))];
    }

    private static async Task<byte[]> TestAsync(Workspace work, AiosmtpdServer server, string[] mail)
    {
        (await Command.RunAsync(work, "subscribers", "add", "reader@example.org")).Succeeds();
        (await Command.RunAsync(work, ["editions", "send", "hello", "--test", "me@example.org", .. mail])).Succeeds();
        TakenMail taken = Assert.Single(await ((IMailServer)server).MailsAsync(1));
        Assert.Equal(["me@example.org"], taken.Recipients);
        return taken.Content;
    }

    private static byte[] Changed(string mail, string from, string to)
    {
        Assert.Contains(from, mail, StringComparison.Ordinal);
        return Encoding.ASCII.GetBytes(mail.Replace(from, to, StringComparison.Ordinal));
    }
}
