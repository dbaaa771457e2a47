using System.Diagnostics;
using System.Text;
using Syndication.Content;
using Syndication.Site;
using Syndication.Tests.Site;

namespace Syndication.Tests.Content.Hugo;

/// <summary>Shortcodes as themes have them; what comes out is what Hugo 0.111.3 writes, cleaned as every post is.</summary>
public sealed class OwnShortcodesTests : IDisposable
{
    private readonly SiteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Typical => new()
    {
        // An image.
        {
            """<img src="{{ .Get "src" }}" alt="{{ .Get "alt" }}"{{ with .Get "width" }} width="{{ . }}"{{ end }} loading="lazy">""",
            """{{< x src="/a.png" alt="Tom & \"J\"" width=100 >}}""",
            """<img src="https://blog.example.org/a.png" alt="Tom &amp; &quot;J&quot;" width="100">"""
        },
        // A figure that takes the place of Hugo's.
        {
            """
            {{- $src := .Get "src" | default (.Get 0) -}}
            {{- $alt := .Get "alt" | default (.Get "caption" | plainify) -}}
            <figure>
              {{- if .Get "link" -}}<a href="{{ .Get "link" }}">{{- end -}}
              <img src="{{ $src | relURL }}" alt="{{ $alt }}"/>
              {{- if .Get "link" }}</a>{{ end -}}
              {{- if or (.Get "title") (.Get "caption") -}}<figcaption>
                {{- with (.Get "title") -}}<h4>{{ . }}</h4>{{- end -}}
                {{- with .Get "caption" }}<p>{{ . | markdownify }}</p>{{ end -}}
              </figcaption>{{- end -}}
            </figure>
            """,
            """{{< x src="/b.png" caption="A *cat*" title="T" link="https://e.org/" >}} {{< x "c.png" >}}""",
            """<figure><a href="https://e.org/"><img src="https://blog.example.org/b.png" alt="A *cat*"></a><figcaption><h4>T</h4><p>A <em>cat</em></p></figcaption></figure> <figure><img src="https://blog.example.org/c.png" alt=""></figure>"""
        },
        // A player without cookies.
        {
            """
            {{- $id := .Get "id" | default (.Get 0) -}}
            {{/* privacy */}}<iframe src="https://www.youtube-nocookie.com/embed/{{ $id }}" title="{{ .Get "title" | default "Video" }}" allowfullscreen></iframe>
            """,
            "{{< x abc >}}",
            """<p><a href="https://www.youtube.com/watch?v=abc"><img src="https://i.ytimg.com/vi/abc/hqdefault.jpg" alt="Video"></a></p>"""
        },
        // A box.
        {
            """
            {{- $type := .Get 0 | default "note" -}}
            {{- $icons := dict "note" "i" "warning" "!" -}}
            <div class="notice {{ $type }}"{{ if len .Params | eq 2 }} id="{{ .Get 1 }}"{{ end }}><p>{{ index $icons $type }} {{ $type | title }}</p>{{ .Inner | markdownify }}</div>
            """,
            "{{< x warning >}}\nSome **bold**.\n\nMore.\n{{< /x >}}",
            """<div class="notice warning"><p>! Warning</p><p>Some <strong>bold</strong>.</p><p>More.</p></div>"""
        },
        {
            """{{ $_hugo_config := `{ "version": 1 }` }}<div class="alert">{{ with .Get "title" }}<h4>{{ . | safeHTML }}</h4>{{ end }}{{ .Inner }}</div>""",
            "{{% x title=\"A <b>t</b>\" %}}\nIn **bold**\n\n- a\n{{% /x %}}",
            """<div class="alert"><h4>A <b>t</b></h4><p>In <strong>bold</strong></p><ul><li>a</li></ul></div>"""
        },
        { "<div class=\"note\">\n\n{{ .Inner }}\n\n</div>", "{{% x %}}\n*a*\n\n- b\n{{% /x %}}", """<div class="note"><p><em>a</em></p><ul><li>b</li></ul></div>""" },
        // A button in a line.
        {
            """<a class="btn{{ if eq (.Get "style") "primary" }} one{{ else if eq (.Get "style") "ghost" }} two{{ else }} three{{ end }}" {{ with .Get "href" }}href="{{ . | safeURL }}"{{ end }}>{{ .Inner | markdownify }}</a>""",
            """Click {{< x href="https://e.org/x?a=1&b=2" style="ghost" >}}Go *now*{{< /x >}} please.""",
            """<p>Click <a class="btn two" href="https://e.org/x?a=1&amp;b=2">Go <em>now</em></a> please.</p>"""
        },
        // What opens.
        {
            "<details{{ if .Get \"open\" }} open{{ end }}>\n<summary>{{ (.Get \"summary\") | default (.Get 0) | markdownify }}</summary>\n{{ .Inner | .Page.RenderString (dict \"display\" \"block\") }}\n</details>",
            "{{< x summary=\"Click *me*\" open=true >}}one{{< /x >}}",
            """<details open=""><summary>Click <em>me</em></summary><p>one</p></details>"""
        },
        { "<kbd>{{ .Get 0 }}</kbd>", "Press {{< x \"Ctrl\" >}}+{{< x C >}} now", "<p>Press <kbd>Ctrl</kbd>+<kbd>C</kbd> now</p>" },
        { """<span style="color: {{ .Get 0 }}">{{ .Inner | safeHTML }}</span>""", "a {{< x red >}}text <u>u</u>{{< /x >}} b", """<p>a <span>text <u>u</u></span> b</p>""" },
        { """<abbr title="{{ .Get "title" }}">{{ .Get "text" }}</abbr>""", """{{< x title="Hyper" text="HTML" >}} end""", """<p><abbr title="Hyper">HTML</abbr> end</p>""" },
        {
            "<blockquote>{{ .Inner | markdownify }}{{- with .Get \"author\" }}<footer>— <cite>{{ . }}</cite></footer>{{ end -}}</blockquote>",
            "{{< x author=\"Me & You\" >}}Some *quote*.{{< /x >}}",
            "<blockquote>Some <em>quote</em>.<footer>— <cite>Me &amp; You</cite></footer></blockquote>"
        },
        {
            """<div class="cols">{{ range split (trim .Inner "\n") "<--->" }}<div>{{ . | markdownify }}</div>{{ end }}</div>""",
            "{{< x >}}\nleft *a*\n\npara\n<--->\nright\n{{< /x >}}",
            """<div class="cols"><div><p>left <em>a</em></p><p>para</p></div><div>right</div></div>"""
        },
        // Of the page and the site.
        {
            """<p>{{ .Page.Title }} of {{ .Site.Title }} at {{ .Site.BaseURL }} {{ .Site.Params.color | upper }} {{ site.Params.social.x }} {{ .Page.Date.Format "Jan 2, 2006" }} {{ dateFormat "2006-01-02" .Page.Date }} {{ .Page.RelPermalink }} {{ .IsNamedParams }} {{ .Name }}</p>""",
            "{{< x >}}",
            "<p>Hello of The Blog at https://blog.example.org/ RED ex May 1, 2024 2024-05-01 /posts/hello/ false x</p>"
        },
        // Values.
        {
            """<p>{{ printf "%T %v %d%% %03d|%5s|%-5s|%q|%.2f|%x" (.Get "n") (.Get "f") 5 7 "a" "b" "c" 3.14159 255 }} {{ add (.Get "n") 1 }} {{ mul 2 3.5 }} {{ div 7 2 }} {{ if .Get "b" }}yes{{ else }}no{{ end }} {{ if .Get "t" }}yes{{ end }} {{ isset .Params "n" }} {{ isset .Params "zz" }}</p>""",
            """{{< x n=5 f=2.5 b=false t="false" >}}""",
            """<p>int 2.5 5% 007| a|b |"c"|3.14|ff 6 7 3 no yes true false</p>"""
        },
        {
            """
            <p>{{- $a := slice "x" "y" -}}{{- $n := 0 -}}{{ range seq 3 }}{{ $n = add $n . }}{{ end }}{{ $n }} {{ delimit $a ", " " and " }} {{ in $a "x" }} {{ cond true "T" "F" }} {{ first 1 $a }} {{ replace "aXb" "X" "-" }} {{ replaceRE "(a)(.)" "$2$1" "abc" }} {{ trim " q " " " }} {{ truncate 5 "Hello World" }} {{ humanize "my-first_post" }} {{ "x" | in "xyz" }} {{ and 1 "" }}|{{ or "" "z" }} {{ not 0 }} {{ strings.TrimPrefix "a" "ab" }} {{ substr "abcdef" 1 3 }} {{ "<b>x</b>" | plainify }} {{ "a b/C'ö" | urlize }}</p>
            """,
            "{{< x >}}",
            "<p>6 x and y true T [x] a-b bac q Hello … My first post true |z true b bcd x a-b/c%C3%B6</p>"
        },
        {
            """<p>{{ absURL "/a" }} {{ absURL "a" }} {{ absURL "https://y.org/z" }} {{ relURL "a" }} {{ jsonify (dict "a" 1) }} {{ print "a" 1 2 "b" }} {{ index (dict "k" (slice 1 2)) "k" 1 }} {{ len "häß" }} {{ ge 2 1.5 }} {{ lt "a" "b" }} {{ eq 1 1.0 }} {{ 3.0 }} {{ eq "a" "b" "a" }} {{ $ | not }} {{ slice 1 "z" }} {{ dict "b" 1 "a" "z" }}</p>""",
            "{{< x >}}",
            """<p>https://blog.example.org/a https://blog.example.org/a https://y.org/z /a {"a":1} a1 2b 2 5 true true false 3 true false [1 z] map[a:z b:1]</p>"""
        },
        { "<ul>{{ range $i, $p := .Params }}<li>{{ $i }}={{ $p }}</li>{{ else }}<li>none</li>{{ end }}</ul>", "{{< x a \"b c\" >}}{{< x >}}", "<ul><li>0=a</li><li>1=b c</li></ul><ul><li>none</li></ul>" },
        { "<i title=\"{{ .Get 0 }}\">{{ .Get 0 }} {{ htmlEscape (.Get 0) }}</i>", "{{< x \"a<b>&'\" >}}", "<i title=\"a&lt;b&gt;&amp;'\">a&lt;b&gt;&amp;' a&amp;lt;b&amp;gt;&amp;amp;&amp;#39;</i>" },
        { "{{ define \"one\" }}<b>{{ . }}</b>{{ end }}{{ template \"one\" (.Get 0) }}", "{{< x y >}}", "<b>y</b>" },
        { "{{ .Scratch.Set \"a\" \"1\" }}{{ .Scratch.Add \"a\" \"2\" }}<b>{{ .Scratch.Get \"a\" }}</b>", "{{< x >}}", "<b>12</b>" },
        {
            "https://cdn.example\n",
            "[t]({{< x >}}/f.pdf) ![a]({{< x >}}/i.png) [r][n] ([b](/a) {{< x >}})\n\n[n]: {{< x >}}/n",
            "<p><a href=\"https://cdn.example/f.pdf\">t</a> <img src=\"https://cdn.example/i.png\" alt=\"a\"> <a href=\"https://cdn.example/n\">r</a> (<a href=\"https://blog.example.org/a\">b</a> https://cdn.example )</p>"
        },
        { "**{{ .Get 0 }}**: {{ .Inner }}", "{{% x \"Key\" %}}*inner* text{{% /x %}}", "<p><strong>Key</strong>: <em>inner</em> text</p>" },
    };

    [Theory]
    [MemberData(nameof(Typical))]
    public void AShortcodeIsWhatItsTemplateWrites(string template, string body, string expected)
    {
        _folder.With("layouts/shortcodes/x.html", template);

        RenderedPost post = Rendered(body);

        Assert.Empty(post.Problems);
        Assert.Equal(Squeezed(expected), Squeezed(post.Html));
    }

    [Fact]
    public void AnInnerShortcodeKnowsItsPlaceInTheOuter()
    {
        _folder.With("layouts/shortcodes/gallery.html", "<div>{{ .Inner }}</div>")
            .With("layouts/shortcodes/item.html", "<b>{{ .Ordinal }} {{ .Parent.Name }} {{ .Parent.Get \"size\" }}</b>");

        Assert.Equal(
            "<div><b>0 gallery 3</b><b>1 gallery 3</b></div>",
            Rendering.Line(Rendered("{{< gallery size=3 >}}\n{{< item >}}\n{{< item >}}\n{{< /gallery >}}").Html));
    }

    [Fact]
    public void AnInnerShortcodeMayLeaveValuesToTheOuter()
    {
        _folder.With("layouts/shortcodes/tabs.html", "{{ with .Inner }}{{ end }}{{ range .Scratch.Get \"tabs\" }}<h4>{{ .name }}</h4>{{ .content }}{{ end }}")
            .With("layouts/shortcodes/tab.html", "{{ if not (.Parent.Scratch.Get \"tabs\") }}{{ .Parent.Scratch.Set \"tabs\" slice }}{{ end }}"
                + "{{ with .Inner }}{{ $.Parent.Scratch.Add \"tabs\" (dict \"name\" ($.Get 0) \"content\" (. | $.Page.RenderString)) }}{{ end }}");

        Assert.Equal(
            "<h4>One</h4>First <strong>b</strong><h4>Two</h4>Second",
            Rendering.Line(Rendered("{{< tabs >}}\n{{< tab One >}}First **b**{{< /tab >}}\n{{< tab Two >}}Second{{< /tab >}}\n{{< /tabs >}}").Html));
    }

    [Fact]
    public void MarkdownOfAShortcodeStaysInItsItem()
    {
        _folder.With("layouts/shortcodes/x.html", "<div>\n\n{{ .Inner }}\n\n</div>");

        Assert.Equal(
            "<ul><li><p>item</p><div><p>para</p></div></li><li><p>next</p></li></ul>",
            Rendering.Line(Rendered("- item\n\n  {{% x %}}\n  para\n  {{% /x %}}\n\n- next").Html));
    }

    [Fact]
    public void APartialIsHtmlOrWhatItReturns()
    {
        _folder.With("layouts/shortcodes/x.html", "<p>{{ partial \"icon.html\" (dict \"name\" (.Get 0)) }} {{ partial \"text\" . }}</p>")
            .With("layouts/partials/icon.html", "<i>{{ .name }}</i>")
            .With("themes/t/layouts/partials/text.html", "{{ if true }}{{ return \"R<b>\" }}{{ end }}never");

        Assert.Equal("<p><i>star</i> R&lt;b&gt;</p>", Rendering.Line(Rendered("{{< x star >}}", "theme = 't'").Html));
    }

    [Theory]
    [InlineData("themes/t/layouts/shortcodes/x.html", "theme = 't'")]
    [InlineData("themes/t/layouts/shortcodes/x.html", "theme = ['s', 't']")]
    [InlineData("skins/t/layouts/shortcodes/x.html", "theme = 't'\nthemesDir = 'skins'")]
    [InlineData("templates/shortcodes/x.html", "layoutDir = 'templates'")]
    [InlineData("_vendor/example.org/t/layouts/shortcodes/x.html", "[[module.imports]]\npath = 'example.org/t'")]
    [InlineData("mine/x.html", "[[module.mounts]]\nsource = 'mine'\ntarget = 'layouts/shortcodes'")]
    public void ATemplateIsFoundWhereTheConfigurationSays(string file, string toml)
    {
        _folder.With(file, "<b>{{ .Get 0 }}</b>");

        Assert.Equal("<b>y</b>", Rendering.Line(Rendered("{{< x y >}}", toml).Html));
    }

    [Fact]
    public void TheSitesOwnTemplateComesBeforeItsThemesAndBeforeHugos()
    {
        _folder.With("layouts/shortcodes/figure.html", "<b>own</b>").With("themes/t/layouts/shortcodes/figure.html", "<b>theme</b>");

        Assert.Equal("<b>own</b>", Rendering.Line(Rendered("{{< figure src=\"a.png\" >}}", "theme = 't'").Html));
    }

    [Theory]
    [InlineData("a\n{{ resources.Get \"x\" }}", "{{< x src=\"a.png\" alt=\"A\" >}}", "<figure><img src=\"https://blog.example.org/posts/hello/a.png\" alt=\"A\"></figure>", "layouts/shortcodes/x.html:2: the function resources.Get is not known here")]
    [InlineData("{{ .Page.Resources.GetMatch \"x\" }}", "{{< x \"a.png\" \"/b.jpg\" >}}", "<figure><img src=\"https://blog.example.org/posts/hello/a.png\" alt=\"\"><img src=\"https://blog.example.org/b.jpg\" alt=\"\"></figure>", "layouts/shortcodes/x.html:1: .Page.Resources is not known here")]
    [InlineData("{{ if }}", "{{< x src=\"a.png\" caption=\"C & D\" >}}", "<figure><img src=\"https://blog.example.org/posts/hello/a.png\" alt=\"C &amp; D\"><figcaption>C &amp; D</figcaption></figure>", "layouts/shortcodes/x.html:1: a value is missing")]
    [InlineData("\n\n{{ now }", "{{< x \"https://e.org/p\" title=\"Page\" >}}", "<p><a href=\"https://e.org/p\">Page</a></p>", "layouts/shortcodes/x.html:3: the sign } is not expected")]
    [InlineData("{{ with .Get 0 }}", "a {{< x y >}}*in*{{< /x >}} b", "<p>a <em>in</em> b</p>", "layouts/shortcodes/x.html:1: an end is missing")]
    [InlineData("{{ errorf \"no %s\" \"id\" }}", "{{% x %}}in{{% /x %}}", "<p>in</p>", "layouts/shortcodes/x.html:1: it says: no id")]
    [InlineData("{{ .Nothing }}", "a {{< x 20 >}} b", "<p>a  b</p>", "layouts/shortcodes/x.html:1: .Nothing is not known here")]
    public void WhatCannotBeRunShowsWhatItEnclosesOrNames(string template, string body, string expected, string problem)
    {
        _folder.With("layouts/shortcodes/x.html", template);

        RenderedPost post = Rendered(body);

        Assert.Equal(expected, Rendering.Line(post.Html));
        Assert.StartsWith(problem, Assert.Single(post.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AShortcodeWithoutTemplateShowsItsImageOrLink()
    {
        RenderedPost post = Rendered("{{< photo src=\"a.png\" alt=\"A\" >}}\n\n{{< pdf url=\"https://e.org/a.pdf\" >}}");

        Assert.Equal(
            "<figure><img src=\"https://blog.example.org/posts/hello/a.png\" alt=\"A\"></figure><p><a href=\"https://e.org/a.pdf\">https://e.org/a.pdf</a></p>",
            Rendering.Line(post.Html));
        Assert.Equal(2, post.Problems.Length);
    }

    [Theory]
    [InlineData("{{ partial \"again.html\" . }}", "partials are nested more than 10 deep")]
    [InlineData("{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}", "partials are nested more than 10 deep")]
    [InlineData("{{ range seq 2000 }}{{ range seq 2000 }}{{ range seq 2000 }}{{ end }}{{ end }}{{ end }}", "takes too many steps")]
    [InlineData("{{ $s := \"xxxxxxxxxxxxxxxx\" }}{{ range seq 2000 }}{{ $s = printf \"%s%s\" $s $s }}{{ end }}", "makes a value that is too long")]
    [InlineData("{{ $s := slice 1 }}{{ range seq 2000 }}{{ $s = slice $s $s }}{{ end }}{{ $s }}", "a value is nested too deeply")]
    [InlineData("{{ range seq 2000 }}{{ range seq 2000 }}A text that is long enough{{ end }}{{ end }}", "writes too much")]
    [InlineData("{{ range seq 2000 }}{{ $y := strings.Repeat 20000 \"x \" | replaceRE \"x*y\" \"z\" }}{{ end }}", "does too much")]
    [InlineData("{{ range seq 2000 }}{{ $y := strings.Repeat 20000 \"x \" | markdownify }}{{ end }}", "has too much Markdown")]
    public void ATemplateCannotHangTheService(string template, string problem)
    {
        _folder.With("layouts/shortcodes/x.html", template).With("layouts/partials/again.html", "{{ partial \"again.html\" . }}");
        long start = Stopwatch.GetTimestamp();

        RenderedPost post = Rendered("{{< x >}}in *it*{{< /x >}} {{< x >}}and{{< /x >}}");

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal("<p>in <em>it</em> and</p>", Rendering.Line(post.Html));
        Assert.Contains(problem, Assert.Single(post.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TemplatesThatChanceBrokeNeitherFailNorHang()
    {
        string[] seeds = [.. Typical.Select(row => row.Data.Item1)];
        string[] pieces =
        [
            "{{", "}}", "{{-", "-}}", "{{ end }}", "{{ else }}", "{{ range seq 9 }}", "{{ range $i, $e := .Params }}", "{{ with .Inner }}", "(", ")", "|", ":=", "$x", "$", ".",
            "\"", "`", ".Inner", ".Get 0", ".Params", "markdownify", "printf \"%9999d\" 1", "dict", "slice", "index", "substr", "-1", "1e99", "99999999999999999999", "{{/*", "*/",
            "replaceRE", "{{ template \"a\" . }}", "{{ define \"a\" }}", "{{ return . }}", "{{ break }}", "div 1 0", "jsonify .", "mod", "seq", "\0", "sort", "delimit", "truncate",
        ];
        Random random = new(7);
        for (int i = 0; i < 300; i++)
        {
            StringBuilder template = new(seeds[random.Next(seeds.Length)]);
            for (int step = random.Next(1, 8); step > 0; step--)
            {
                int at = random.Next(template.Length + 1);
                if (random.Next(3) == 0)
                {
                    template.Remove(at, Math.Min(random.Next(1, 12), template.Length - at));
                }
                else
                {
                    template.Insert(at, " " + pieces[random.Next(pieces.Length)] + " ", random.Next(1, 3));
                }
            }

            _folder.With("layouts/shortcodes/x.html", template.ToString());
            long start = Stopwatch.GetTimestamp();
            RenderedPost post = Rendered("{{< x \"a.png\" b >}}in {{% x n=1 t=\"2\" %}}*it*{{% /x %}}{{< /x >}}");

            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), template.ToString());
            Assert.All(post.Problems, problem => Assert.StartsWith("layouts/shortcodes/x.html:", problem.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ShortcodesThatWriteTheirInnerTextTwiceAreBounded()
    {
        _folder.With("layouts/shortcodes/x.html", "{{ .Inner }}{{ .Inner }}");
        string body = string.Concat(Enumerable.Repeat("{{< x >}}", 40)) + "text" + string.Concat(Enumerable.Repeat("{{< /x >}}", 40));

        RenderedPost post = Rendered(body);

        Assert.InRange(post.Html.Length, 4, 3_000_000);
        Assert.Single(post.Problems);
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("../x")]
    [InlineData("a//b")]
    public void ANameLeadsToNoFileBeyondTheLayouts(string name)
    {
        _folder.With("secret.html", "secret").With("layouts/x.html", "secret");

        Assert.DoesNotContain("secret", Rendered($"{{{{< {name} >}}}}").Html.Replace(name, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatATemplateWritesIsCleaned()
    {
        _folder.With("layouts/shortcodes/x.html", "<script>alert(1)</script><a href=\"{{ .Get 0 }}\" onclick=\"y\">l</a>");

        Assert.Equal("<a>l</a>", Rendering.Line(Rendered("{{< x \"javascript:alert(1)\" >}}").Html));
    }

    private RenderedPost Rendered(string body, string toml = "")
    {
        _folder.With("hugo.toml", toml + "\n[params]\ncolor = 'red'\nsocial.x = 'ex'\n[markup.goldmark.renderer]\nunsafe = true\n").WithFolder("content");
        SiteDefinition site = Assert.IsType<SiteDefinition>(_folder.Read().Site) with { Url = new Uri("https://blog.example.org/"), Title = "The Blog" };
        return Rendering.Render(Rendering.Post(body, "content/posts/hello.md", "/posts/hello/"), site);
    }

    private static string Squeezed(string html) => string.Join(' ', html.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Replace("> <", "><", StringComparison.Ordinal).Replace(" <", "<", StringComparison.Ordinal).Replace("> ", ">", StringComparison.Ordinal);
}
