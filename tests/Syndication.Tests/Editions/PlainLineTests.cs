using Syndication.Editions;

namespace Syndication.Tests.Editions;

public sealed class PlainLineTests
{
    [Theory]
    [InlineData(" a\r\n\tb ", 10, "a b")]
    [InlineData("a\u0001b", 10, "ab")]
    [InlineData("one two three", 13, "one two three")]
    [InlineData("one two three", 12, "one two…")]
    [InlineData("one two, three", 12, "one two…")]
    [InlineData("onetwothree", 8, "onetwot…")]
    [InlineData("一二三四五六七八九", 5, "一二三四…")]
    [InlineData("abc😀def", 5, "abc…")]
    [InlineData("", 5, "")]
    public void TextComesOnOneLineAndIsCutAtAWord(string text, int longest, string expected) => Assert.Equal(expected, PlainLine.Of(text, longest));
}
