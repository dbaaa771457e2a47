using Syndication.Deliveries;
using Syndication.Site;

namespace Syndication.Tests.Deliveries;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("a\r\nBcc: b@example.org", "a Bcc: b@example.org")]
    [InlineData("a\u0000\u0007\u0085\u2028\u2029b", "a b")]
    [InlineData("\t a  b \n", "a b")]
    [InlineData("a\u202egpj.exe\u2066", "agpj.exe")]
    [InlineData("👩\u200d💻 می\u200cروم", "👩\u200d💻 می\u200cروم")]
    public void TextComesOnOneLine(string text, string expected) => Assert.Equal(expected, HeaderText.Line(text, 100));

    [Fact]
    public void HalfACharacterIsLeftOut() => Assert.Equal("ab", HeaderText.Line("a\ud800b", 100));

    [Fact]
    public void TextIsCutBetweenCharacters() => Assert.Equal("aa😀", HeaderText.Line("aa😀😀", 3));

    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("a.b+c'd@sub.example.org")]
    [InlineData("\"a@b\"@example.org")]
    [InlineData("ada@[192.0.2.1]")]
    public void AnAddressIsTakenAsItIs(string address) => Assert.Equal(address, HeaderText.Mailbox("Ada", address).Address);

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@example.org\r\nBcc: b@example.org")]
    [InlineData("ada@example.org, b@example.org")]
    [InlineData("<ada@example.org>")]
    [InlineData("ada@example.org ")]
    [InlineData("ada\u0000@example.org")]
    [InlineData("ädä@example.org")]
    [InlineData("ada@exämple.org")]
    [InlineData("@a,@b:ada@example.org")]
    [InlineData("ada@example.org(comment)")]
    public void WhatIsNoPlainAddressIsRefusedWithoutBeingRepeated(string address)
    {
        DataFormatException refused = Assert.Throws<DataFormatException>(() => HeaderText.Mailbox("Ada", address));

        Assert.DoesNotContain("Bcc", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAddressOfEndlessLengthIsRefused() =>
        Assert.Throws<DataFormatException>(() => HeaderText.Mailbox(null, new string('a', 300) + "@example.org"));
}
