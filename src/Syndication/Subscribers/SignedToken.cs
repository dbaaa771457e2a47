using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Syndication.Subscribers;

/// <summary>What a link lets its holder do. The numbers are signed, so they never change their meaning.</summary>
internal enum TokenPurpose : byte
{
    /// <summary>Leave. Such a link is good for ever: a mail may be opened years later.</summary>
    Unsubscribe = 1,

    /// <summary>Take leaving back.</summary>
    Resubscribe = 2,

    /// <summary>Change cadence and topics.</summary>
    Preferences = 3,
}

/// <summary>
/// The secret part of a link: who may do what, until when, signed with HMAC-SHA-256. In base64url of purpose (1 byte), key id (4), the
/// subscriber's uuid (16), the end in Unix seconds unless it is for leaving (8), and the first 16 bytes of the HMAC of all that.
/// Numbers are big-endian.
/// </summary>
internal static class SignedToken
{
    private const int Head = 1 + 4 + 16;
    private const int Expiry = 8;

    /// <summary>128 bits: beyond guessing, and short enough for a link in a text mail.</summary>
    private const int Signature = 16;

    /// <summary>A link's token for leaving; it does not expire.</summary>
    public static string ForUnsubscribing(TokenKeys keys, Guid subscriber) => Create(keys, TokenPurpose.Unsubscribe, subscriber, null);

    /// <param name="keys">The first of them signs.</param>
    /// <param name="purpose">Anything but unsubscribing.</param>
    /// <param name="subscriber">Whose link it is.</param>
    /// <param name="expires">The instant from which on it is good no more, to the second.</param>
    public static string Create(TokenKeys keys, TokenPurpose purpose, Guid subscriber, DateTimeOffset expires) =>
        purpose == TokenPurpose.Unsubscribe
            ? throw new ArgumentException("A link for leaving never expires.", nameof(purpose))
            : Create(keys, purpose, subscriber, (DateTimeOffset?)expires);

    /// <summary>Whose token it is, or null unless it is genuine, for this purpose, and not expired.</summary>
    public static Guid? Read(TokenKeys keys, TokenPurpose purpose, string token, DateTimeOffset now)
    {
        int payload = Head + (purpose == TokenPurpose.Unsubscribe ? 0 : Expiry);
        Span<byte> bytes = stackalloc byte[Head + Expiry + Signature];
        if (token.Length != Base64Url.GetEncodedLength(payload + Signature)
            || !Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out int length)
            || length != payload + Signature
            || Base64Url.EncodeToString(bytes[..length]) != token)
        {
            // The last: a token has one way to be written.
            return null;
        }

        ReadOnlySpan<byte> signed = bytes[..payload];
        if (keys.Find(BinaryPrimitives.ReadUInt32BigEndian(signed[1..])) is not TokenKey key
            || !CryptographicOperations.FixedTimeEquals(Sign(key, signed), bytes[payload..length])
            || signed[0] != (byte)purpose)
        {
            return null;
        }

        bool isOver = purpose != TokenPurpose.Unsubscribe && now.ToUnixTimeSeconds() >= BinaryPrimitives.ReadInt64BigEndian(signed[Head..]);
        return isOver ? null : new Guid(signed[5..Head], bigEndian: true);
    }

    private static string Create(TokenKeys keys, TokenPurpose purpose, Guid subscriber, DateTimeOffset? expires)
    {
        int payload = Head + (expires is null ? 0 : Expiry);
        Span<byte> bytes = stackalloc byte[payload + Signature];
        bytes[0] = (byte)purpose;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], keys.Signing.Id);
        subscriber.TryWriteBytes(bytes[5..], bigEndian: true, out _);
        if (expires is DateTimeOffset end)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes[Head..], end.ToUnixTimeSeconds());
        }

        Sign(keys.Signing, bytes[..payload]).CopyTo(bytes[payload..]);
        return Base64Url.EncodeToString(bytes);
    }

    private static ReadOnlySpan<byte> Sign(TokenKey key, ReadOnlySpan<byte> payload) =>
        HMACSHA256.HashData(key.Secret.AsSpan(), payload).AsSpan(0, Signature);
}
