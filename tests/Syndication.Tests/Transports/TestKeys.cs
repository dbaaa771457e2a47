using System.Security.Cryptography;

namespace Syndication.Tests.Transports;

/// <summary>Keys to sign with.</summary>
internal static class TestKeys
{
    /// <summary>As `openssl genpkey -algorithm ed25519` writes one; the key is that of RFC 8463 appendix A.</summary>
    public const string Ed25519 = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";

    public static string Rsa(int bits)
    {
        using RSA rsa = RSA.Create(bits);
        return rsa.ExportPkcs8PrivateKeyPem();
    }
}
