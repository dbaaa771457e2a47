using System.Text;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class PostTextTests
{
    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    public void UnicodeIsReadByItsMark(string encoding, bool marked)
    {
        Encoding written = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. marked ? written.GetPreamble() : [], .. written.GetBytes("Grüße, 世界 🚀")];

        Assert.Equal("Grüße, 世界 🚀", PostText.Decode("a.md", bytes, []));
    }

    [Fact]
    public void LineEndsBecomeLineFeedsAndKeepTheirNumber()
    {
        Assert.Equal("a\nb\nc\n\nd", PostText.Decode("a.md", "a\r\nb\rc\n\r\nd"u8, []));
    }

    [Fact]
    public void BytesThatAreNotUtf8AreReadAsWindows1252AndTheLineIsNamed()
    {
        List<Problem> problems = [];

        string? text = PostText.Decode("a.md", [.. "ü\r\n"u8, 0x93, (byte)'x', 0x94, 0xFC, (byte)'\n', 0xE9], problems);

        Assert.Equal("ü\n\u201cx\u201dü\né", text);
        Problem warning = Assert.Single(problems);
        Assert.Equal((Severity.Warning, 2), (warning.Severity, warning.Line));
    }

    [Fact]
    public void ANulWithoutAMarkIsAnError()
    {
        List<Problem> problems = [];

        Assert.Null(PostText.Decode("a.md", Encoding.Unicode.GetBytes("a\nb"), problems));

        Assert.Equal("a.md:1: the file holds a NUL character; expected text in UTF-8", Assert.Single(problems).ToString());
    }
}
