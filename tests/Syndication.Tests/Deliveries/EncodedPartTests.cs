using System.Buffers;
using System.Text;
using MimeKit;
using Syndication.Deliveries;
using Syndication.Editions;

namespace Syndication.Tests.Deliveries;

public sealed class EncodedPartTests
{
    private const string Seal = "p0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a = b\n")]
    [InlineData(" \n\t\n.\n..\nFrom here\nFrom\n \n")]
    [InlineData("trailing \nspace\t\n and \u00a0 ü 😀 end ")]
    public void ATextComesBackAsItWas(string text) => Check(text, text);

    /// <summary>Texts of random characters and places, of many lengths; the seed is fixed.</summary>
    [Fact]
    public void PersonalValuesStandInTheirPlacesWhateverTheirLengths()
    {
        Random random = new(42);
        string[] alphabets = ["ab =\n.F\t", "äöü\n ", "一二三四五六七八九十。\n", "a😀 \n"];
        for (int round = 0; round < 2000; round++)
        {
            string alphabet = alphabets[round % alphabets.Length];
            string[] values = [Text(random, "xyü=", 9), Text(random, "一x", 200), ""];
            StringBuilder marked = new();
            StringBuilder expected = new();
            for (int i = random.Next(6); i >= 0; i--)
            {
                string piece = Text(random, alphabet, random.Next(2) == 0 ? 4 : 400);
                int place = random.Next(3);
                marked.Append(piece).Append(PersonalMarks.Of(Seal, (PersonalPlace)"anu"[place]));
                expected.Append(piece).Append(values[place]);
            }

            string tail = Text(random, alphabet, 4);
            Check(marked + tail, expected + tail, values);
        }
    }

    [Theory]
    [InlineData("Plain words, with an ümlaut.", false)]
    [InlineData("潮起潮落,潮起潮落。", true)]
    public void TheShorterEncodingIsTaken(string text, bool isBase64) => Assert.Equal(isBase64, EncodedPart.Of(text, Seal).IsBase64);

    private static void Check(string marked, string expected, params string[] values)
    {
        EncodedPart part = EncodedPart.Of(marked, Seal);
        ArrayBufferWriter<byte> output = new();
        part.Write(output, place => Encoding.UTF8.GetBytes(values["anu".IndexOf((char)place, StringComparison.Ordinal)]));
        byte[] bytes = output.WrittenSpan.ToArray();

        Assert.All(Encoding.ASCII.GetString(bytes).Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        Assert.DoesNotContain("\n.", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        using MimeContent content = new(new MemoryStream(bytes), part.IsBase64 ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable);
        using MemoryStream decoded = new();
        content.DecodeTo(decoded, TestContext.Current.CancellationToken);
        Assert.Equal(expected, Encoding.UTF8.GetString(decoded.ToArray()).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static string Text(Random random, string alphabet, int longest)
    {
        Rune[] runes = [.. alphabet.EnumerateRunes()];
        return string.Concat(Enumerable.Range(0, random.Next(longest + 1)).Select(_ => runes[random.Next(runes.Length)].ToString()));
    }
}
