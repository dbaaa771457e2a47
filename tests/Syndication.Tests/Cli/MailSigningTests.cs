using Syndication.Tests.Support;
using Syndication.Tests.Transports;

namespace Syndication.Tests.Cli;

/// <summary>What is said of the keys that mail is signed with: by `check`, and by what would send.</summary>
public sealed class MailSigningTests : MailSite
{
    private static readonly string[] Mail = ["--Mail:Host=127.0.0.1", "--Newsletter:From=news@blog.example", "--Newsletter:Address=1 Harbour Street"];

    [Theory]
    [InlineData("missing.pem", "", "there is no file '")]
    [InlineData("key.pem", "no key at all", "it holds no key; expected an RSA or Ed25519 private key in PEM (openssl genrsa 2048)")]
    [InlineData("key.pem", "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n", "it holds no private key but 'PUBLIC KEY'; expected an RSA or Ed25519")]
    [InlineData("key.pem", "-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----\n", "the key cannot be read; expected an RSA or Ed25519")]
    [InlineData("key.pem", "EC", "the key cannot be read; expected an RSA or Ed25519")]
    [InlineData("key.pem", "768", "the RSA key has 768 bits; expected 2048 bits or more; receivers refuse fewer than 1024 (RFC 8301)")]
    public async Task AKeyThatCannotSignIsOneLineOfCheckAndOfWhatWouldSend(string file, string key, string problem)
    {
        Post("hello.md", "Hello");
        await RunAsync(0, "subscribers", "add", "a@example.org");
        if (file == "key.pem")
        {
            using System.Security.Cryptography.ECDsa ec = System.Security.Cryptography.ECDsa.Create();
            File.WriteAllText(At(file), key switch { "768" => TestKeys.Rsa(768), "EC" => ec.ExportPkcs8PrivateKeyPem(), _ => key });
        }

        foreach (string[] command in (string[][])[["check"], ["editions", "send", "hello"], ["editions", "send", "hello", "--test", "me@example.org"]])
        {
            string said = (await RunAsync(1, [.. command, .. Mail, .. Dkim(0, "s1", file)])).Error;

            string line = Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.StartsWith("error: command line: --Mail:Dkim:0:KeyFile: ", line, StringComparison.Ordinal);
            Assert.Contains(problem, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AWeakKeyAndASignatureOfAnotherDomainAreWarnings()
    {
        Post("hello.md", "Hello");
        File.WriteAllText(At("key.pem"), TestKeys.Rsa(1024));

        string said = (await RunAsync(0, ["check", .. Mail, .. Dkim(0, "s1", "key.pem", "other.example")])).Error;

        Assert.Contains("--Mail:Dkim:0:KeyFile: an RSA key of 1024 bits is weak; expected 2048 bits", said, StringComparison.Ordinal);
        Assert.Contains("--Mail:Dkim:0:Domain is 'other.example', and mail comes from blog.example", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckSaysByWhatMailIsSignedAndWhichRecordsMustBePublishedInFull()
    {
        Post("hello.md", "Hello");
        File.WriteAllText(At("rsa.pem"), TestKeys.Rsa(4096));
        File.WriteAllText(At("ed25519.pem"), TestKeys.Ed25519);

        TestTerminal check = await RunAsync(0, ["check", .. Mail, .. Dkim(0, "s1", "rsa.pem"), .. Dkim(1, "s2", "ed25519.pem")]);

        Assert.Empty(check.Error);
        Assert.Contains("Mail is signed by s1._domainkey.blog.example (rsa-sha256) and s2._domainkey.blog.example (ed25519-sha256)\n", check.Out, StringComparison.Ordinal);
        Assert.Contains(
            "DNS record that must be published for signatures to count: s2._domainkey.blog.example TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n",
            check.Out, StringComparison.Ordinal);
        string long4096 = Assert.Single(check.Out.Split('\n'), l => l.Contains("count: s1._domainkey.blog.example TXT \"v=DKIM1; k=rsa; p=", StringComparison.Ordinal));
        string[] texts = [.. long4096[(long4096.IndexOf('"', StringComparison.Ordinal) + 1)..^1].Split("\" \"")];
        Assert.All(texts, t => Assert.InRange(t.Length, 1, 255));
        Assert.Equal(550, Convert.FromBase64String(string.Concat(texts).Split("p=")[1]).Length);
        Assert.DoesNotContain("signed", (await RunAsync(0, ["check", .. Mail])).Out, StringComparison.Ordinal);
    }

    private static string[] Dkim(int number, string selector, string file, string domain = "blog.example") =>
    [
        FormattableString.Invariant($"--Mail:Dkim:{number}:Domain={domain}"), FormattableString.Invariant($"--Mail:Dkim:{number}:Selector={selector}"),
        FormattableString.Invariant($"--Mail:Dkim:{number}:KeyFile={file}"),
    ];
}
