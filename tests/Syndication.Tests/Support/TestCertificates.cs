using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Syndication.Tests.Support;

/// <summary>An authority of the test's own, and certificates that it issues.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Authority of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _authority = request.CreateSelfSigned(Begin, End);
    }

    /// <summary>For those who trust the authority.</summary>
    public X509Certificate2Collection Roots => [_authority];

    /// <summary>A PEM file with certificate and key of a server on this machine.</summary>
    /// <param name="name">A name beside 127.0.0.1's, or another one's alone.</param>
    /// <param name="isForLoopback">Whether it is for 127.0.0.1 as well.</param>
    /// <param name="hasExpired">Whether it was valid only once.</param>
    public string Issue(string name = "localhost", bool isForLoopback = true, bool hasExpired = false)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        if (isForLoopback)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(_authority, Begin, hasExpired ? Begin.AddYears(1) : End, Guid.NewGuid().ToByteArray());
        string file = Path.Join(_folder.Path, $"{Guid.NewGuid():n}.pem");
        File.WriteAllText(file, $"{issued.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return file;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }
}
