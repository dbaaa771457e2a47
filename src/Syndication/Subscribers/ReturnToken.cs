using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Syndication.Subscribers;

/// <summary>Whose mail came back, and of which edition.</summary>
internal readonly record struct ReturnedMail(Guid Subscriber, long Edition);

/// <summary>
/// The part of a return path that tells whose mail comes back (VERP): the subscriber's uuid (16 bytes), the edition (4), and the first 8
/// bytes of their HMAC-SHA-256, in base32 (RFC 4648) of small letters, since mail servers may change their case.
/// </summary>
internal static class ReturnToken
{
    /// <summary>Letters of a token.</summary>
    public const int Length = 45;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int BitsOfALetter = 5;
    private const int Payload = 16 + 4;

    /// <summary>64 bits: whoever guesses sends a mail for each guess, and gains a bounce.</summary>
    private const int Signature = 8;

    /// <summary>Signed before the rest, so that a signature of a link is none of a return path.</summary>
    private static ReadOnlySpan<byte> Purpose => "return path"u8;

    /// <param name="keys">The first of them signs.</param>
    /// <param name="subscriber">Whose mail it is.</param>
    /// <param name="edition">The store's key of the edition.</param>
    public static string Create(TokenKeys keys, Guid subscriber, long edition)
    {
        Span<byte> bytes = stackalloc byte[Payload + Signature];
        subscriber.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], checked((uint)edition));
        Sign(keys.Signing, bytes[..Payload], bytes[Payload..]);
        return Encode(bytes);
    }

    /// <summary>What a token says, or null unless it is genuine; the case of its letters does not matter.</summary>
    public static ReturnedMail? Read(TokenKeys keys, ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[Payload + Signature];
        if (!TryDecode(token, bytes))
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[Signature];
        foreach (TokenKey key in keys.All)
        {
            Sign(key, bytes[..Payload], expected);
            if (CryptographicOperations.FixedTimeEquals(expected, bytes[Payload..]))
            {
                return new ReturnedMail(new Guid(bytes[..16], bigEndian: true), BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]));
            }
        }

        return null;
    }

    private static void Sign(TokenKey key, ReadOnlySpan<byte> payload, Span<byte> signature)
    {
        Span<byte> signed = stackalloc byte[Purpose.Length + Payload];
        Purpose.CopyTo(signed);
        payload.CopyTo(signed[Purpose.Length..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret.AsSpan(), signed, hash);
        hash[..Signature].CopyTo(signature);
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> letters = stackalloc char[Length];
        (int bits, int have, int length) = (0, 0, 0);
        foreach (byte b in bytes)
        {
            bits = (bits << 8) | b;
            for (have += 8; have >= BitsOfALetter; have -= BitsOfALetter)
            {
                letters[length++] = Letters[(bits >> (have - BitsOfALetter)) & 31];
            }

            bits &= (1 << have) - 1;
        }

        letters[length] = Letters[(bits << (BitsOfALetter - have)) & 31];
        return new string(letters);
    }

    /// <summary>A token has one way to be written but for the case: what is left over in the last letter is 0.</summary>
    private static bool TryDecode(ReadOnlySpan<char> token, Span<byte> bytes)
    {
        if (token.Length != Length)
        {
            return false;
        }

        (int bits, int have, int length) = (0, 0, 0);
        foreach (char c in token)
        {
            int value = Letters.IndexOf(char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            bits = (bits << BitsOfALetter) | value;
            have += BitsOfALetter;
            if (have >= 8)
            {
                have -= 8;
                bytes[length++] = (byte)(bits >> have);
                bits &= (1 << have) - 1;
            }
        }

        return length == bytes.Length && bits == 0;
    }
}
