using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Syndication.EndToEnd.Support;
using Syndication.Transports;
using DkimSigner = Syndication.Transports.DkimSigner;

namespace Syndication.Tests.Transports;

/// <summary>What we sign is verified by two that we did not write, and what was changed is not.</summary>
public sealed class DkimSignerTests
{
    private const string Mail = """
        From: "Ada's blog" <news@blog.example>
        Subject:  two  spaces
        	folded
        Date: Tue, 24 Nov 2026 08:00:00 +0000
        List-Id: "Ada's blog" <main.blog.example>
        MIME-Version: 1.0
        Content-Type: multipart/alternative;
        	boundary="=_x"
        To: reader@example.org
        Message-ID: <a1@blog.example>
        List-Unsubscribe: <https://blog.example/unsubscribe/x>
        List-Unsubscribe-Post: List-Unsubscribe=One-Click

        --=_x
        Content-Type: text/plain; charset=utf-8

        Hello,   reader. 	
          Indented

        --=_x--


        """;

    public static TheoryData<string> Algorithms => ["rsa", "ed25519"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task ASignedMailIsVerifiedByOthers(string algorithm)
    {
        using DkimSigner signer = new([Identity(algorithm, out string record)]);

        byte[] signed = signer.Sign(Bytes(Mail)).ToArray();

        Assert.EndsWith(Encoding.ASCII.GetString(Bytes(Mail)), Encoding.ASCII.GetString(signed), StringComparison.Ordinal);
        Assert.True(await IsVerifiedAsync(signed, record));
        Assert.Equal("True", await PythonDkim.VerifyAsync(signed, ("s1._domainkey.blog.example", record)));
    }

    [Fact]
    public async Task TwoSignaturesAreEachVerified()
    {
        using DkimSigner signer = new([Identity("rsa", out string rsa), Identity("ed25519", out string ed25519) with { Selector = "s2" }]);

        byte[] signed = signer.Sign(Bytes(Mail)).ToArray();

        Assert.Equal("True True", await PythonDkim.VerifyAsync(signed, ("s1._domainkey.blog.example", rsa), ("s2._domainkey.blog.example", ed25519)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task TheSameMailHasTheSameBytesWheneverAndWhereverItIsSigned(string algorithm)
    {
        using DkimSigner signer = new([Identity(algorithm, out _)]);
        byte[] mail = Bytes(Mail);

        string[] signed = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => Convert.ToHexString(signer.Sign(mail).Span))));

        Assert.Single(signed.Distinct());
    }

    [Theory]
    [InlineData("From: x@evil.example\r\n", "")]
    [InlineData("Subject: other\r\n", "")]
    [InlineData("List-Unsubscribe: <https://evil.example/>\r\n", "")]
    [InlineData("List-Unsubscribe-Post: x\r\n", "")]
    [InlineData("Reply-To: x@evil.example\r\n", "")]
    [InlineData("Content-Type: text/html\r\n", "")]
    [InlineData("", "more\r\n")]
    public async Task WhatIsAddedOnTheWayBreaksTheSignature(string header, string body)
    {
        using DkimSigner signer = new([Identity("rsa", out string record)]);
        byte[] signed = signer.Sign(Bytes(Mail)).ToArray();

        Assert.False(await IsVerifiedAsync([.. Bytes(header), .. signed, .. Bytes(body)], record));
        Assert.Equal("False", await PythonDkim.VerifyAsync([.. Bytes(header), .. signed, .. Bytes(body)], ("s1._domainkey.blog.example", record)));
    }

    [Fact]
    public async Task WhatMailServersAddAndTrimDoesNot()
    {
        using DkimSigner signer = new([Identity("rsa", out string record)]);
        string signed = Encoding.ASCII.GetString(signer.Sign(Bytes(Mail)).Span);

        string arrived = "Received: from a by b; Tue, 24 Nov 2026 08:00:01 +0000\r\nReturn-Path: <x@blog.example>\r\n"
            + signed.Replace(":  two  spaces\r\n\tfolded", ": two spaces folded", StringComparison.Ordinal).TrimEnd() + "\r\n";

        Assert.True(await IsVerifiedAsync(Bytes(arrived), record));
    }

    [Fact]
    public async Task OddMailsAreVerifiedToo()
    {
        using DkimSigner signer = new([Identity("rsa", out string record)]);
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            string Odd(string letters, int most) => new([.. Enumerable.Range(0, random.Next(most)).Select(_ => letters[random.Next(letters.Length)])]);
            string folded = string.Concat(Enumerable.Range(0, random.Next(4)).Select(i => $"\r\n{" \t"[random.Next(2)]}{Odd("ab \t", 5)}x"));
            string extra = string.Concat(Enumerable.Range(0, random.Next(100)).Select(i => $"X-{i}: {Odd("abc ", 9)}\r\n"));
            string body = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Odd("ab \t", 12) + "\r\n"));
            byte[] mail = Bytes($"SUBJECT\t: {folded}\r\n{extra}From:{Odd(" \t", 3)}a@blog.example{folded}\r\nto: b@c.example\r\nTo: d@c.example\r\n\r\n{body}");

            Assert.True(await IsVerifiedAsync(signer.Sign(mail).ToArray(), record), $"seed {seed}");
        }
    }

    [Fact]
    public void LinesOfTheSignatureAreShort()
    {
        using DkimSigner signer = new([Identity("rsa", out _)]);

        string header = Encoding.ASCII.GetString(signer.Sign(Bytes(Mail)).Span).Split("\r\nFrom:")[0];

        Assert.All(header.Split("\r\n"), line => Assert.InRange(line.Length, 1, 78));
        Assert.StartsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n\td=blog.example; s=s1;\r\n\th=From:From:Reply-To:To:To:Cc:Subject:Subject:", header, StringComparison.Ordinal);
        Assert.DoesNotContain(header.Split(';'), tag => tag.TrimStart() is ['l' or 't' or 'x', '=', ..]);
    }

    [Fact]
    public void WithoutAHeaderThereIsNothingToSign()
    {
        using DkimSigner signer = new([Identity("rsa", out _)]);

        Assert.Equal("hello", Encoding.ASCII.GetString(signer.Sign(Bytes("hello")).Span));
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n"));

    private static DkimIdentity Identity(string algorithm, out string record)
    {
        DkimKey key = DkimKey.Parse(algorithm == "rsa" ? TestKeys.Rsa(2048) : TestKeys.Ed25519).Key!;
        record = key.Record;
        return new DkimIdentity("blog.example", "s1", key);
    }

    private static async Task<bool> IsVerifiedAsync(byte[] mail, string record)
    {
        using MemoryStream stream = new(mail);
        MimeMessage message = await MimeMessage.LoadAsync(stream, TestContext.Current.CancellationToken);
        return await new DkimVerifier(new Locator(record)).VerifyAsync(
            message, message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)], TestContext.Current.CancellationToken);
    }

    private sealed class Locator(string record) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(("blog.example", "s1"), (domain, selector));
            byte[] key = Convert.FromBase64String(record.Split("p=")[1]);
            return record.Contains("k=rsa", StringComparison.Ordinal) ? PublicKeyFactory.CreateKey(key) : new Ed25519PublicKeyParameters(key);
        }

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
