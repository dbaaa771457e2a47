using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Posts;

public sealed class JekyllDefaultsTests
{
    private const string Configuration = """
        defaults:
          - scope: {path: "_posts/2020"}
            values: {layout: narrow}
          - values: {layout: all, only: 1, map: {a: 1, b: 1}}
          - scope: {path: "", type: posts}
            values: {layout: posts, map: {b: 2}}
          - scope: {path: "", type: pages}
            values: {layout: pages, wrong: 1}
          - scope: {path: "_posts/*/x"}
            values: {glob: 1}
          - scope: {path: "in/_posts/deep"}
            values: {collection: 1}
        """;

    [Theory]
    [InlineData("_posts/a.md", "posts", null)]
    [InlineData("_posts/2020/a.md", "narrow", null)]
    [InlineData("_posts/y/x/z/a.md", "posts", 1L)]
    public void TheNarrowerScopeWinsAndMapsAreMerged(string path, string layout, object? glob)
    {
        DataMap values = Defaults("").For(path);

        Assert.Equal((layout, 1L, glob), (values.Get("layout"), values.Get("only"), values.Get("glob")));
        Assert.Equal(["a", "b"], ((DataMap)values.Get("map")!).Keys.Order(StringComparer.Ordinal));
        Assert.Null(values.Get("wrong"));
    }

    [Fact]
    public void PathsOfScopesMayNameTheCollectionsFolder() =>
        Assert.Equal(1L, Defaults("in/").For("_posts/deep/a.md").Get("collection"));

    [Fact]
    public void APostsOwnValuesWinButItsNullsDoNot()
    {
        DataMap merged = JekyllDefaults.Merge(Map("a: 1\nb: 1\nc: {d: 1}"), Map("a: 2\nb:\nc: {e: 2}"));

        Assert.Equal((2L, 1L), (merged.Get("a"), merged.Get("b")));
        Assert.Equal(["d", "e"], ((DataMap)merged.Get("c")!).Keys);
        Assert.Equal(1, merged.LineOf("a"));
    }

    private static JekyllDefaults Defaults(string collections) => new(Map(Configuration).Get("defaults"), collections);

    private static DataMap Map(string yaml) => YamlReader.Read(yaml, 1, ignoreCase: false);
}
