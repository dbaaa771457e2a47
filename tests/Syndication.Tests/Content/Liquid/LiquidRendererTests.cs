using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Content.Liquid;

public sealed class LiquidRendererTests
{
    private static string Html(string body) => Rendering.Line(Rendering.Jekyll(body).Html);

    [Theory]
    [InlineData("{% raw %}{{ x }} {% y %}{% endraw %}", "<p>{{ x }} {% y %}</p>")]
    [InlineData("a{% comment %} {% foo %} {% endcomment %}b", "<p>ab</p>")]
    [InlineData("{% assign x = 'b' %}{% if x == 'b' %}yes{% else %}no{% endif %}", "<p>yes</p>")]
    [InlineData("{% capture x %}a{% endcapture %}{{ x }}{{ x | upcase }}", "<p>aA</p>")]
    [InlineData("{% for i in (1..3) %}{{ i }}{% endfor %}", "<p>123</p>")]
    [InlineData("{% case 2 %}{% when 1 %}a{% when 2 %}b{% endcase %}", "<p>b</p>")]
    [InlineData("{{ page.title }} {{ site.title }} {{ page.date | date_to_string }}", "<p>Hello The Blog 01 May 2024</p>")]
    [InlineData("{{ '/x' | relative_url }} {{ 'x' | absolute_url }}", "<p>/x https://blog.example.org/x</p>")]
    [InlineData("{{ page.date }}", "<p>2024-05-01 10:00:00 +0000</p>")]
    [InlineData("{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}.{{ forloop.index }} {% endfor %}{% endfor %}", "<p>1.1 1.2 2.1 2.2</p>")]
    [InlineData("{% for i in (1..2) %}{% capture q %}{% for j in (1..2) %}{{ forloop.parentloop.last }} {% endfor %}{% endcapture %}{{ q }}{% endfor %}", "<p>false false true true</p>")]
    [InlineData("{% for i in (1..2) %}{% if forloop.parentloop %}in{% else %}out{% endif %} {% endfor %}", "<p>out out</p>")]
    [InlineData("{% increment a %}{% increment a %}{{ a }}{% decrement b %}{{ b }}", "<p>012-1-1</p>")]
    [InlineData("a {%- comment -%} b {%- endcomment -%} c", "<p>ac</p>")]
    [InlineData("a {%- comment -%} b {% endcomment %} c", "<p>a c</p>")]
    public void LiquidIsFilledIn(string body, string expected) => Assert.Equal(expected, Html(body));

    [Fact]
    public void HighlightedCodeKeepsItsLanguageAndIsEscaped()
    {
        string html = Rendering.Jekyll("{% highlight ruby %}\na <b>\n\n*c*\n{% endhighlight %}").Html;

        Assert.Equal("<figure class=\"highlight\"><pre><code class=\"language-ruby\">a &lt;b&gt;\n\n*c*</code></pre></figure>", html.Trim());
    }

    [Theory]
    [InlineData("linenos")]
    [InlineData("linenos=inline mark_lines=\"1 2\"")]
    public void HighlightedCodeHasTheLineNumbersItAsksFor(string options)
    {
        string html = Rendering.Jekyll($"{{% highlight ruby {options} %}}\na\nb\n{{% endhighlight %}}").Html;

        Assert.Contains("<pre class=\"lineno\">1\n2\n</pre>", html, StringComparison.Ordinal);
        Assert.Contains("<pre>a\nb\n</pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void HighlightedCodeEndsAListAsInJekyll() =>
        Assert.Equal(
            "<ul><li>item</li></ul><figure class=\"highlight\"><pre><code class=\"language-sh\">  ls  </code></pre></figure><ul><li>next</li></ul>",
            Html("* item\n\n  {% highlight sh %}\n  ls\n  {% endhighlight %}\n\n* next"));

    [Fact]
    public void UnknownTagsCostOnlyThemselves()
    {
        RenderedPost post = Rendering.Jekyll("one\n\n{% gallery \"x\" %}two{% endgallery %} {{ broken | }} three");

        Assert.Contains("two", post.Text, StringComparison.Ordinal);
        Assert.Contains("three", post.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("gallery", post.Html, StringComparison.Ordinal);
        Assert.All(post.Problems, p => Assert.Equal(7, p.Line));
        Assert.Equal(2, post.Problems.Length);
    }

    [Theory]
    [InlineData("{% if a %}text")]
    [InlineData("{% endif %}text")]
    [InlineData("{% if %}text{% endif %}")]
    [InlineData("{% else %}text")]
    [InlineData("{% include missing.html %}text")]
    [InlineData("{% include ../../etc/passwd %}text")]
    [InlineData("{% post_url 2020-01-01-none %}text")]
    [InlineData("text {% raw %} a")]
    public void AMistakeCostsOnlyItsOwnPlaceAndIsSaid(string body)
    {
        RenderedPost post = Rendering.Jekyll("b " + body + (body.StartsWith("{% if a", StringComparison.Ordinal) ? "{% endif %} text {% if b %}" : ""));

        Assert.Contains("text", post.Text, StringComparison.Ordinal);
        Assert.NotEmpty(post.Problems);
        Assert.All(post.Problems, p => Assert.Equal("_posts/2024-05-01-hello.md", p.Source));
    }

    [Fact]
    public void PostsAreLinkedByPathAndByName()
    {
        Post other = Rendering.Post("x", "_posts/2023-01-02-other.md", "/2023/other/");
        Post post = Rendering.Post("[a]({% link _posts/2023-01-02-other.md %}) [b]({% post_url 2023-01-02-other %}) [c]({{ site.baseurl }}{% post_url 2023-01-02-other %})");

        RenderedPost rendered = Rendering.Render(post, Rendering.Site(SiteKind.Jekyll), other);

        Assert.Equal(3, rendered.Html.Split("https://blog.example.org/2023/other/").Length - 1);
        Assert.Empty(rendered.Problems);
    }

    [Fact]
    public void IncludesTakeParameters()
    {
        string root = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "_includes"));
            File.WriteAllText(Path.Combine(root, "_includes", "note.html"), "<em>{{ include.text }} {{ include.of }}</em>{% include note2.html %}");
            File.WriteAllText(Path.Combine(root, "_includes", "note2.html"), "{% if a %}{% include note2.html %}{% endif %}!");
            Post post = Rendering.Post("a {% include note.html text=\"x \\\"y\\\"\" of=page.title %} b");

            RenderedPost rendered = Rendering.Render(post, Rendering.Site(SiteKind.Jekyll, root: root));

            Assert.Equal("<p>a <em>x “y” Hello</em>! b</p>", Rendering.Line(rendered.Html));
            Assert.Empty(rendered.Problems);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void AnIncludeOfItselfEnds()
    {
        string root = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "_includes"));
            File.WriteAllText(Path.Combine(root, "_includes", "a.html"), "x{% include a.html %}");

            RenderedPost rendered = Rendering.Render(Rendering.Post("text {% include a.html %}"), Rendering.Site(SiteKind.Jekyll, root: root));

            Assert.Contains("text", rendered.Text, StringComparison.Ordinal);
            Assert.Single(rendered.Problems);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void LiquidCanBeTurnedOffAndIsJekyllsAlone()
    {
        Post post = Rendering.Post("{{ page.title }}") with { FrontMatter = new DataMap(false, [("render_with_liquid", false, 2)]) };

        Assert.Contains("{{ page.title }}", Rendering.Render(post, Rendering.Site(SiteKind.Jekyll)).Html, StringComparison.Ordinal);
        Assert.Contains("{{ page.title }}", Rendering.Bare("{{ page.title }}").Html, StringComparison.Ordinal);
    }

    [Fact]
    public void PostsAreFoundByLabelAndByPlace()
    {
        Post older = Rendering.Post("x", "_posts/2023-01-02-other.md", "/2023/other/") with { Title = "Other", Tags = ["t u"], Categories = ["c"] };
        Post post = Rendering.Post("{{ site.tags['t u'].first.title }} {{ site.categories.c.size }} {{ page.previous.url }}{{ page.next.url }} "
            + "{{ site.posts | where: 'title', 'Other' | map: 'url' }} {% for t in site.tags %}{{ t[0] }}:{{ t[1].size }}{% endfor %}");

        Assert.Equal("<p>Other 1 /2023/other/ /2023/other/ t u:1</p>", Rendering.Line(Rendering.Render(post, Rendering.Site(SiteKind.Jekyll), older).Html));
    }

    [Fact]
    public void DataOfTheSiteIsReadWhereItLies()
    {
        string root = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "_data", "sub"));
            File.WriteAllText(Path.Combine(root, "_data", "rows.yml"), "# rows\n- {name: A, n: 1}\n- {name: B, n: 2}\n");
            File.WriteAllText(Path.Combine(root, "_data", "list.json"), "[1, {\"x\": \"y\"}]");
            File.WriteAllText(Path.Combine(root, "_data", "t.csv"), "h1,h2\n1,\"a, \"\"q\"\" b\"\n");
            File.WriteAllText(Path.Combine(root, "_data", "sub", "deep.yaml"), "---\nk: v\n");
            File.WriteAllText(Path.Combine(root, "_data", "bad.yml"), "a: [\n");
            Post post = Rendering.Post("{% for r in site.data.rows %}{{ r.name }}{{ r.n }}{% endfor %} {{ site.data.list[1].x }} {{ site.data.t[0].h2 }} "
                + "{{ site.data.sub.deep.k }} {{ site.data.rows | where_exp: 'r', 'r.n > 1' | map: 'name' }}{{ site.data.bad.a }}{{ site.data.none.a }}");

            Assert.Equal("<p>A1B2 y a, “q” b v B</p>", Rendering.Line(Rendering.Render(post, Rendering.Site(SiteKind.Jekyll, root: root)).Html));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void AMistakeWithinALoopIsSaidOnce() =>
        Assert.Single(Rendering.Jekyll("{% for i in (1..500) %}{% include missing.html %}{% endfor %}x").Problems);

    [Fact]
    public void AnotherPostsExcerptIsItsFirstParagraph()
    {
        Post other = Rendering.Post("First *para*.\n\nSecond.", "_posts/2024-04-01-other.md", "/other.html");
        Post liquid = Rendering.Post("{{ page.title }}\n\nSecond.", "_posts/2024-03-01-liquid.md", "/liquid.html");
        Post asking = Rendering.Post("{% for p in site.posts %}{% if p.url != page.url %}<div>{{ p.excerpt }}</div>{% endif %}{% endfor %}");

        string html = Rendering.Render(asking, Rendering.Site(SiteKind.Jekyll), other, liquid).Html;

        Assert.Contains("<p>First <em>para</em>.</p>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Second", html, StringComparison.Ordinal);
        Assert.DoesNotContain("page.title", html, StringComparison.Ordinal);
    }
}
