using System.Security.Cryptography;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

public sealed class DkimKeyTests
{
    [Fact]
    public void BothFormsOfAnRsaKeyAreTheSame()
    {
        using RSA rsa = RSA.Create(2048);
        using DkimKey first = DkimKey.Parse(rsa.ExportRSAPrivateKeyPem()).Key!;
        using DkimKey second = DkimKey.Parse("some text before\n" + rsa.ExportPkcs8PrivateKeyPem()).Key!;

        Assert.Equal(first.Record, second.Record);
        Assert.StartsWith("v=DKIM1; k=rsa; p=MII", first.Record, StringComparison.Ordinal);
        Assert.Equal(("rsa-sha256", 2048, null), (first.Algorithm, first.Bits, first.Weakness));
    }

    [Fact]
    public void TheRecordOfAnEd25519KeyIsThatOfTheRfc()
    {
        using DkimKey key = DkimKey.Parse(TestKeys.Ed25519).Key!;

        Assert.Equal("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", key.Record);
        Assert.Equal(("ed25519-sha256", null), (key.Algorithm, key.Weakness));
    }

    [Fact]
    public void AShortRsaKeyIsWeakAndAShorterOneIsNone()
    {
        using DkimKey key = DkimKey.Parse(TestKeys.Rsa(1024)).Key!;

        Assert.Equal("an RSA key of 1024 bits is weak", key.Weakness);
        Assert.Equal("the RSA key has 768 bits", Problem(TestKeys.Rsa(768)));
    }

    [Fact]
    public void WhatIsNoKeyIsSaidToBeNone()
    {
        using RSA rsa = RSA.Create(1024);
        using ECDsa other = ECDsa.Create();
        string encrypted = rsa.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));

        Assert.Equal("it holds no key", Problem("hello"));
        Assert.Equal("it holds no private key but 'PUBLIC KEY'", Problem(rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.Equal("the key is encrypted", Problem(encrypted));
        Assert.Equal("the key cannot be read", Problem(other.ExportPkcs8PrivateKeyPem()));
        Assert.Equal("the key cannot be read", Problem("-----BEGIN PRIVATE KEY-----\naGVsbG8=\n-----END PRIVATE KEY-----"));
        Assert.Equal("the key cannot be read", Problem("-----BEGIN RSA PRIVATE KEY-----\naGVsbG8=\n-----END RSA PRIVATE KEY-----"));
    }

    [Fact]
    public void AFileThatIsNotThereIsSaid()
    {
        using TempFolder folder = new();
        string file = Path.Join(folder.Path, "dkim.pem");
        Assert.Equal($"there is no file '{file}'", DkimKey.Read(file).Problem);

        File.WriteAllText(file, TestKeys.Ed25519);
        Assert.NotNull(DkimKey.Read(file).Key);
        Assert.Null(DkimKey.Read(folder.Path).Key);
    }

    private static string Problem(string pem)
    {
        (DkimKey? key, string problem, _) = DkimKey.Parse(pem);
        Assert.Null(key);
        return problem;
    }
}
