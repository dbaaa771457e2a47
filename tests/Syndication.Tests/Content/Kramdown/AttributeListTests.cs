using Syndication.Content.Kramdown;

namespace Syndication.Tests.Content.Kramdown;

public sealed class AttributeListTests
{
    [Fact]
    public void AllFormsAreRead()
    {
        AttributeList list = AttributeList.Read(" .a.b #id key=\"v w\" other='x' bare=y ref \n.c");

        Assert.Equal(["a", "b", "c"], list.Classes);
        Assert.Equal("id", list.Id);
        Assert.Equal([("key", "v w"), ("other", "x"), ("bare", "y")], list.Pairs);
        Assert.Equal(["ref"], list.References);
    }

    [Theory]
    [InlineData("target=\"\\_blank\"", "_blank")]
    [InlineData("title=\"a \\} b \\\" c\"", "a } b \" c")]
    [InlineData("title=\"open", "open")]
    public void EscapesAreReadAway(string text, string expected) => Assert.Equal(expected, AttributeList.Read(text).Pairs[0].Value);

    [Fact]
    public void AnEscapedBraceEndsNothing() => Assert.Equal(12, AttributeList.EndOfList("{:t=\"\\}\" .ab} c}", 0));
}
