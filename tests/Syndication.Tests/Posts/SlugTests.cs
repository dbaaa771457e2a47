using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class SlugTests
{
    [Theory]
    [InlineData("The _config.yml file", "the-config-yml-file", "The-_config.yml-file")]
    [InlineData("a--b_c-DEF-", "a-b-c-def", "a-b_c-DEF")]
    [InlineData("Cat & über [x] a#b?c", "cat-über-x-a-b-c", "Cat-&-über-x-a-b-c")]
    [InlineData("日本 語", "日本-語", "日本-語")]
    [InlineData("🚀", "", "")]
    public void JekyllKeepsLettersMarksAndDigits(string text, string slug, string pretty)
    {
        Assert.Equal(slug, Slug.Of(text));
        Assert.Equal(pretty, Slug.PrettyOf(text));
    }

    [Theory]
    [InlineData("A b  c_d (e) [f] & über's #x+y~z@1,2;3", "a-b-c_d-e-f-übers-#x+y~z@123")]
    [InlineData("Some Title: it's é & / % x", "some-title-its-é-/-x")]
    [InlineData("a - b", "a-b")]
    [InlineData("100%ab", "100%ab")]
    public void HugoDropsWhatIsNoWordAndHyphenatesWhiteSpace(string text, string path) =>
        Assert.Equal(path, Slug.HugoPath(text, keepCase: false, removeAccents: false));

    [Fact]
    public void HugoKeepsCaseAndDropsAccentsWhereConfigured() =>
        Assert.Equal("Uni-Code", Slug.HugoPath("Üni Cödé", keepCase: true, removeAccents: true));

    [Theory]
    [InlineData("first-post", "First Post")]
    [InlineData("a--b_c-DEF-", "A  B_c Def")]
    public void JekyllTitlesCapitaliseEachWord(string slug, string title) => Assert.Equal(title, Slug.JekyllTitle(slug));

    [Theory]
    [InlineData("first_post-of-Mine", "First post of Mine")]
    [InlineData("---", "---")]
    public void OtherTitlesAreTheNameMadeReadable(string name, string title) => Assert.Equal(title, Slug.ReadableTitle(name));
}
