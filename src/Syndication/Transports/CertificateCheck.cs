using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Syndication.Transports;

/// <summary>Says in words what is wrong with a server's certificate.</summary>
internal static class CertificateCheck
{
    /// <summary>Null when nothing is.</summary>
    public static string? Problem(string host, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        List<string> reasons = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) || certificate is null)
        {
            reasons.Add("there is none");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons.Add("it is for another name");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            reasons.AddRange((chain?.ChainStatus ?? []).Select(s => Words(s.Status)).Distinct());
        }

        return $"the certificate of {host} is not to be trusted: {string.Join(", ", reasons)}";
    }

    private static string Words(X509ChainStatusFlags status) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => "it has expired or is not valid yet",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "who issued it is unknown to this machine",
        _ => status.ToString(),
    };
}
