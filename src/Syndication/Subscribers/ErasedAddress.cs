using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Syndication.Subscribers;

/// <summary>What is kept of an erased address.</summary>
internal static class ErasedAddress
{
    /// <summary>HMAC-SHA-256 in hex. Without the key nobody can try addresses out against it.</summary>
    public static string Hash(ImmutableArray<byte> key, EmailAddress address) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key.AsSpan(), Encoding.UTF8.GetBytes(address.Key)));
}
