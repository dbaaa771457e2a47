using System.Collections.Concurrent;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Security;

namespace Syndication.Transports;

/// <summary>
/// A private key that signs mail: RSA by .NET's own cryptography, Ed25519 (RFC 8463), which that lacks, by MimeKit's. For any number of
/// threads.
/// </summary>
internal sealed class DkimKey : IDisposable
{
    /// <summary>RFC 8301 section 3.2: less is refused by verifiers.</summary>
    private const int SmallestRsa = 1024;

    /// <summary>RFC 8301 section 3.2: what signers should use.</summary>
    private const int SmallestGoodRsa = 2048;

    /// <summary>Bytes of a key file; a large one is no key.</summary>
    private const int LongestFile = 64 * 1024;

    private const string Expected = "an RSA or Ed25519 private key in PEM (openssl genrsa 2048)";

    private readonly byte[]? _seed;
    private readonly RSAParameters _parameters;
    private readonly ConcurrentBag<RSA> _idle = [];

    private DkimKey(byte[] seed, byte[] publicKey)
    {
        (_seed, PublicKey) = (seed, publicKey);
    }

    private DkimKey(RSA rsa)
    {
        _parameters = rsa.ExportParameters(includePrivateParameters: true);
        (PublicKey, Bits) = (rsa.ExportSubjectPublicKeyInfo(), rsa.KeySize);
    }

    /// <summary>As it stands in the a= tag.</summary>
    public string Algorithm => _seed is null ? "rsa-sha256" : "ed25519-sha256";

    /// <summary>Of an RSA key.</summary>
    public int? Bits { get; }

    /// <summary>What is published: k= and p= of the DNS record (RFC 6376 section 3.6.1).</summary>
    public string Record => $"v=DKIM1; k={(_seed is null ? "rsa" : "ed25519")}; p={Convert.ToBase64String(PublicKey)}";

    /// <summary>Why the key is weaker than it should be; null = it is not.</summary>
    public string? Weakness => Bits < SmallestGoodRsa ? $"an RSA key of {Bits} bits is weak" : null;

    private byte[] PublicKey { get; }

    /// <summary>Reads a key file.</summary>
    /// <returns>The key; or what is wrong with the file, and what was expected.</returns>
    public static (DkimKey? Key, string Problem, string? Expected) Read(string file)
    {
        try
        {
            return new FileInfo(file).Length > LongestFile ? (null, "it is no key: too large", Expected) : Parse(File.ReadAllText(file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"there is no file '{file}'", Expected);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"'{file}' cannot be read: {e.Message}", null);
        }
    }

    public static (DkimKey? Key, string Problem, string? Expected) Parse(string pem)
    {
        if (!PemEncoding.TryFind(pem, out PemFields fields))
        {
            return (null, "it holds no key", Expected);
        }

        byte[] der = new byte[fields.DecodedDataLength];
        Convert.TryFromBase64Chars(pem.AsSpan()[fields.Base64Data], der, out _);
        try
        {
            return pem[fields.Label] switch
            {
                "ENCRYPTED PRIVATE KEY" => (null, "the key is encrypted", "a key without a password, in a file that only we can read"),
                "RSA PRIVATE KEY" when pem.Contains("Proc-Type:", StringComparison.Ordinal) =>
                    (null, "the key is encrypted", "a key without a password, in a file that only we can read"),
                "RSA PRIVATE KEY" => OfRsa(rsa => rsa.ImportRSAPrivateKey(der, out _)),
                "PRIVATE KEY" when PrivateKeyFactory.CreateKey(der) is Ed25519PrivateKeyParameters key =>
                    (new DkimKey(key.GetEncoded(), key.GeneratePublicKey().GetEncoded()), "", null),
                "PRIVATE KEY" => OfRsa(rsa => rsa.ImportPkcs8PrivateKey(der, out _)),
                string other => (null, $"it holds no private key but '{other}'", Expected),
            };
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or GeneralSecurityException)
        {
            return (null, "the key cannot be read", Expected);
        }
    }

    /// <summary>Signs what has the SHA-256 hash; the same signature each time.</summary>
    public byte[] Sign(byte[] hash)
    {
        if (_seed is not null)
        {
            byte[] signature = new byte[Ed25519.SignatureSize];
            Ed25519.Sign(_seed, 0, hash, 0, hash.Length, signature, 0);
            return signature;
        }

        // An RSA object is for one thread at a time, and dear to make.
        RSA rsa = _idle.TryTake(out RSA? kept) ? kept : RSA.Create(_parameters);
        try
        {
            return rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            _idle.Add(rsa);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out RSA? rsa))
        {
            rsa.Dispose();
        }
    }

    private static (DkimKey? Key, string Problem, string? Expected) OfRsa(Action<RSA> import)
    {
        using RSA rsa = RSA.Create();
        import(rsa);
        return rsa.KeySize < SmallestRsa
            ? (null, $"the RSA key has {rsa.KeySize} bits", $"{SmallestGoodRsa} bits or more; receivers refuse fewer than {SmallestRsa} (RFC 8301)")
            : (new DkimKey(rsa), "", null);
    }
}
