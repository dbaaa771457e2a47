using System.Buffers;
using System.Text;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

public sealed class DkimCanonicalTests
{
    [Theory]
    [InlineData("A: X\r\n", "a:X")]
    [InlineData("B : Y\t\r\n\tZ  \r\n", "b:Y Z")]
    [InlineData("SUBJect:\r\n", "subject:")]
    [InlineData("Subject: \t \r\n \r\n", "subject:")]
    [InlineData("X-Y\t :a:b", "x-y:a:b")]
    [InlineData("X:a\r\n b\r\n\t \tc", "x:a b c")]
    public void AFieldIsRelaxed(string field, string canonical)
    {
        ArrayBufferWriter<byte> output = new();

        DkimCanonical.WriteField(Encoding.ASCII.GetBytes(field), output);

        Assert.Equal(canonical, Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\r\n", "")]
    [InlineData("\r\n\r\n \t\r\n", "")]
    [InlineData(" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n")]
    [InlineData("a", "a\r\n")]
    [InlineData("a \t", "a\r\n")]
    [InlineData("a\r\n", "a\r\n")]
    [InlineData("\r\n\r\na\r\n", "\r\n\r\na\r\n")]
    [InlineData("a\r\n\r\nb\r\n\r\n", "a\r\n\r\nb\r\n")]
    [InlineData("a\r\n \r\n", "a\r\n")]
    [InlineData("\t\ta\tb  c\r\n", " a b c\r\n")]
    [InlineData("  a\r\n", " a\r\n")]
    [InlineData("a\r\nb", "a\r\nb\r\n")]
    public void ABodyIsRelaxed(string body, string canonical)
    {
        Assert.Equal(canonical, Encoding.ASCII.GetString(DkimCanonical.Body(Encoding.ASCII.GetBytes(body), new ArrayBufferWriter<byte>())));
    }
}
