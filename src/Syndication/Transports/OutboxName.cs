using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Syndication.Transports;

/// <summary>The file name that belongs to a Message-ID: always the same for one, never the same for two, and always a plain name.</summary>
internal static class OutboxName
{
    private const int Longest = 150;
    private const string Extension = ".eml";

    // Without capitals, which some file systems do not tell apart; without dots before the @, since Windows keeps names such as con.x for itself.
    private static readonly SearchValues<char> LocalCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> DomainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>The Message-ID itself where it is a plain name, else a hash of it.</summary>
    public static string Of(string messageId)
    {
        string[] parts = messageId.Split('@');
        bool isPlain = messageId.Length <= Longest
            && parts is [{ Length: > 0 } local, { Length: > 0 } domain]
            && !local.AsSpan().ContainsAnyExcept(LocalCharacters)
            && !domain.AsSpan().ContainsAnyExcept(DomainCharacters);
        return (isPlain ? messageId : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)))) + Extension;
    }
}
