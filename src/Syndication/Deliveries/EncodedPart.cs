using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Syndication.Editions;

namespace Syndication.Deliveries;

/// <summary>
/// A text part whose shared bytes are encoded once; for each mail only the personal ones are, and put between them. Immutable.
/// </summary>
internal sealed class EncodedPart
{
    private readonly ImmutableArray<Piece> _pieces;

    private EncodedPart(bool isBase64, ImmutableArray<Piece> pieces)
    {
        IsBase64 = isBase64;
        _pieces = pieces;
        SharedLength = pieces.Sum(p => p.Encoded[0].Length);
    }

    /// <summary>Else quoted-printable.</summary>
    public bool IsBase64 { get; }

    /// <summary>Bytes of the encoded part without the personal ones, nearly.</summary>
    public int SharedLength { get; }

    /// <summary>Encodes a text, in whichever of the two ways is shorter.</summary>
    /// <param name="text">With marks of the seal; lines ended by line feeds.</param>
    /// <param name="seal">See <see cref="PersonalMarks"/>.</param>
    public static EncodedPart Of(string text, string seal)
    {
        ImmutableArray<(byte[] Text, PersonalPlace? Next)> pieces =
            [.. PersonalMarks.Split(text, seal).Select(p => (Encoding.UTF8.GetBytes(p.Text), p.Next))];
        EncodedPart quoted = new(false, [.. pieces.Select(p => new Piece([Quoted(p.Text)], p.Text, p.Next))]);
        return quoted.SharedLength * 3L <= pieces.Sum(p => p.Text.Length) * 4L
            ? quoted
            : new EncodedPart(true, [.. pieces.Select(p => OfBase64(WithCrLf(p.Text), p.Next))]);
    }

    /// <summary>Appends the part with the values in their places.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="value">The UTF-8 text of a place.</param>
    public void Write(IBufferWriter<byte> output, Func<PersonalPlace, byte[]> value)
    {
        if (IsBase64)
        {
            WriteBase64(output, value);
            return;
        }

        foreach (Piece piece in _pieces)
        {
            output.Write(piece.Encoded[0]);
            if (piece.Next is PersonalPlace place)
            {
                QuotedPrintable.Write(value(place), output);
            }
        }
    }

    /// <summary>
    /// Base64 goes by triples of bytes: what a piece leaves over is encoded together with the value after it and with as many bytes
    /// of the next piece as fill the last triple, and the rest of that piece was encoded for each such number beforehand.
    /// </summary>
    private void WriteBase64(IBufferWriter<byte> output, Func<PersonalPlace, byte[]> value)
    {
        List<byte> between = [];
        foreach (Piece piece in _pieces)
        {
            int taken = Math.Min((3 - between.Count % 3) % 3, piece.Text.Length);
            between.AddRange(piece.Text.AsSpan(0, taken));
            int over = (piece.Text.Length - taken) % 3;
            if (taken < piece.Text.Length)
            {
                Base64Lines.Write([.. between], output);
                between.Clear();
                output.Write(piece.Encoded[taken]);
                between.AddRange(piece.Text.AsSpan(piece.Text.Length - over));
            }

            if (piece.Next is PersonalPlace place)
            {
                between.AddRange(value(place));
            }
        }

        Base64Lines.Write([.. between], output);
    }

    private static byte[] Quoted(byte[] text)
    {
        ArrayBufferWriter<byte> encoded = new(text.Length + text.Length / 16 + 16);
        QuotedPrintable.Write(text, encoded);
        return encoded.WrittenSpan.ToArray();
    }

    private static Piece OfBase64(byte[] text, PersonalPlace? next) => new([.. Enumerable.Range(0, 3).Select(skipped =>
    {
        ArrayBufferWriter<byte> encoded = new(text.Length * 4 / 3 + 80);
        ReadOnlySpan<byte> rest = text.AsSpan(Math.Min(skipped, text.Length));
        Base64Lines.Write(rest[..(rest.Length - rest.Length % 3)], encoded);
        return encoded.WrittenSpan.ToArray();
    })], text, next);

    /// <summary>RFC 2046 section 4.1.1: lines of text end in CRLF also before they are encoded.</summary>
    private static byte[] WithCrLf(byte[] text)
    {
        List<byte> lines = new(text.Length + text.Length / 40);
        foreach (byte b in text)
        {
            if (b == '\n')
            {
                lines.Add((byte)'\r');
            }

            lines.Add(b);
        }

        return [.. lines];
    }

    /// <param name="Encoded">Quoted-printable: one; base64: without the first none, one and two bytes, and without what is over at the end.</param>
    /// <param name="Text">The bytes as they are.</param>
    /// <param name="Next">What comes after it.</param>
    private sealed record Piece(ImmutableArray<byte[]> Encoded, byte[] Text, PersonalPlace? Next);
}
