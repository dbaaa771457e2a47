using System.Diagnostics;
using System.Globalization;
using System.Text;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Content;

/// <summary>
/// Whole files, broken in every way that chance finds, are read and rendered. A short run by default; as many cases as the
/// environment variable SYNDICATION_FUZZ_CASES says otherwise.
/// </summary>
[Collection(nameof(MemoryIsMeasured))]
public sealed class FuzzTests
{
    /// <summary>Far above what a file of this size takes.</summary>
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(20);

    private static readonly string[] Seeds =
    [
        "---\ntitle: \"A: b\"\ndate: 2020-01-31 08:05:00 +0100\ntags: [a, b c]\ncategories: x y\n---\n# Head {#id}\n\nText with *em*, **bold** and `code`, \"quotes\" -- it's...\n{: .cls #id key=\"v\"}\n\n* a\n* b\n\n  para\n\n      code\n\n1. x\n   - y\n\n> quote\n> > more\n",
        "---\nlayout: post\n---\n{% highlight ruby linenos %}\ndef x; end\n{% endhighlight %}\n\n{% for i in (1..3) %}{{ i | plus: 1 }}{% endfor %} {% if page.title contains 'x' %}a{% else %}b{% endif %} {% raw %}{{ x }}{% endraw %} {% post_url 2020-01-01-a %} {% include a.html x=\"y\" %} {{ site.posts | where: 'a', 'b' | map: 'url' | jsonify }} {% assign x = site.posts | where_exp: 'p', 'p.title == 1' %}{% capture y %}z{% endcapture %}{% case 1 %}{% when 1 %}{% endcase %}\n",
        "+++\ntitle = \"T\"\ndate = 2020-01-01T10:00:00Z\ntags = [\"a\"]\n[params]\nx = 1\n+++\n{{< figure src=\"a.png\" caption=\"*c*\" >}} {{% note %}}**in**{{% /note %}} {{< highlight go \"linenos=table\" >}}\nx\n{{< /highlight >}} {{< ref \"a.md\" >}} {{</* shown */>}} {{< youtube abc >}} https://a.b/c(d) me@x.org 'tis \"so\" <!--more--> - [ ] task\n",
        "{ \"title\": \"J\", \"date\": \"2020-01-01\" }\n| a | b |\n|---|:-:|\n| 1 | `x|y` |\n\nTerm\n: Def\n\nNote[^1] and [link](/x \"t\") ![i](b.png) [ref][r] <https://x.org>\n\n[^1]: Foot\n\n[r]: /y 'z'\n*[HTML]: Hyper\n\nHTML $$x^2$$\n\n```js {hl_lines=[1]}\na\n```\n~~~\nb\n~~~\n",
        "<div markdown=\"1\">\n*x*\n<p>y</p>\n</div>\n\n<iframe src=\"https://www.youtube.com/embed/x\"></iframe>\n<table><tr><td>1<td>2</table>\n<details><summary>s</summary>\n\ntext\n\n</details>\n<script>alert(1)</script><img src=x onerror=y><a href=\"javascript:z\">l</a><!-- c --> <svg><a xlink:href=\"x\"/></svg> {::comment}c{:/comment} {::nomarkdown}*n*{:/} &amp; &#x3C; &bogus;\n* toc\n{:toc}\n",
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\ntitle: |\n  x\n  y\ndate: 13-5-2021\npermalink: /:year/:title/\n---\n\tTab\r\nSetext\r\n======\r\n\r\nline  \r\nbreak\\\r\nend\r\n***\r\n<b>bold<i>both</b>it</i>\r\n",
    ];

    private static readonly string[] Pieces =
    [
        "{:", "}", "{% ", " %}", "{{", "}}", "<", ">", "</", "/>", "div", "[", "](", ")", "![", "*", "**", "_", "`", "```", "~~~", "\n", "\n\n", "\r", "    ", "\t",
        "- ", "1. ", "> ", "|", "---", "+++", "#", "\"", "'", "$$", "[^1]", "[^1]:", ": ", "\\", "{{< own a.png n=1 >}}", "{{< /own >}}", "&#", "&amp;", ";", "!", "{::", "{{< ", " >}}", "{{% ", " %}}",
        "{% raw %}", "{% endraw %}", "{% if ", "{% endif %}", "{% for i in (1..9999) %}", "{% endfor %}", "\uD800", "\u0000", "\u0008", "\uFEFF", "ü", "漢", "😀", "<!--", "-->",
        "<script>", "</p>", "<pre>", "=", "::", "https://", "www.", "@", "*[", "]: ", "^", "title: ", "date: ", "&a ", "*a ", "!!x ",
    ];

    private static int Cases =>
        int.TryParse(Environment.GetEnvironmentVariable("SYNDICATION_FUZZ_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 1_500;

    [Fact]
    public async Task NoFileBreaksHangsOrFillsTheService()
    {
        int cases = Cases;
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await Bounded(Math.Min(cases, 500), seed: 1, cancelled);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await Bounded(cases, seed: 2, cancelled);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64_000_000);
    }

    /// <summary>Runs the cases, and names the one that never ends.</summary>
    private static async Task Bounded(int cases, int seed, CancellationToken cancelled)
    {
        string current = "";
        Task run = Task.Run(() => Run(cases, seed, file => Volatile.Write(ref current, file), cancelled), cancelled);
        string before = "";
        while (await Task.WhenAny(run, Task.Delay(Slowest * 2, TimeProvider.System, cancelled)) != run)
        {
            string now = Volatile.Read(ref current);
            Assert.False(ReferenceEquals(now, before), "this case does not end: " + now);
            before = now;
        }

        await run;
    }

    private static void Run(int cases, int seed, Action<string> begins, CancellationToken cancelled)
    {
        PostRenderer renderer = new();
        SiteDefinition[] sites = [Rendering.Site(SiteKind.Jekyll), Rendering.Site(SiteKind.Hugo), Rendering.Site(SiteKind.Bare)];
        PostReader[] readers = [.. sites.Select(s => new PostReader(s with { PostsFolder = "/nowhere" }, new PostsOptions(), "1"))];
        for (int i = 0; i < cases && !cancelled.IsCancellationRequested; i++)
        {
            // Each case has its own seed, which a failure names: it can be run again alone.
            int own = (seed * 1_000_003) + i;
            Random random = new(own);
            byte[] file = Bytes(random, Mutated(random));
            string name = $"case with seed {own}, {sites[i % 3].Kind}: {Encoding.UTF8.GetString(file)}";
            begins(name);
            try
            {
                long start = Stopwatch.GetTimestamp();
                One(renderer, sites[i % 3], readers[i % 3], file);
                Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Slowest);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(name, e);
            }
        }
    }

    private static void One(PostRenderer renderer, SiteDefinition site, PostReader reader, byte[] file)
    {
        string path = site.Kind == SiteKind.Jekyll ? "_posts/2020-01-02-a.md" : "posts/a.md";
        PostReading reading = reader.Read(path, file, DateTimeOffset.UnixEpoch);
        Assert.True(reading.Post is not null || reading.Problems.Any(p => p.Severity == Severity.Error));
        if (reading.Post is not Post post)
        {
            return;
        }

        RenderedPost rendered = renderer.Render(post, new PostCatalog(site, [post]));
        Assert.DoesNotContain("<script", rendered.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a href=\"javascript", rendered.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(rendered.Html, c => c is '\0' or '\b' or '\uFFFE' or '\uFFFF');
        Assert.InRange(rendered.Html.Length, 0, 40_000_000);
        Assert.InRange(rendered.Problems.Length, 0, 1_000);
    }

    private static string Mutated(Random random)
    {
        StringBuilder text = new(random.Next(4) == 0 ? "" : Seeds[random.Next(Seeds.Length)]);
        int steps = random.Next(1, 25);
        for (int step = 0; step < steps && text.Length < 20_000; step++)
        {
            int at = random.Next(text.Length + 1);
            int length = Math.Min(random.Next(1, 40), text.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    string slice = text.ToString(at, length);
                    text.Insert(random.Next(text.Length + 1), slice, random.Next(1, 30));
                    break;
                case 2:
                    string other = Seeds[random.Next(Seeds.Length)];
                    int from = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(from, random.Next(other.Length - from)));
                    break;
                case 3:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)], random.Next(1, random.Next(2, 60)));
                    break;
                case 4:
                    text.Insert(at, (char)random.Next(char.MaxValue));
                    break;
                default:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Mostly UTF-8; sometimes another encoding, or bytes that are none.</summary>
    private static byte[] Bytes(Random random, string text)
    {
        byte[] bytes = random.Next(12) switch
        {
            0 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            1 => Encoding.Latin1.GetBytes(text),
            2 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            _ => Encoding.UTF8.GetBytes(text),
        };
        if (bytes.Length > 0 && random.Next(6) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(1, 256);
        }

        return bytes;
    }
}

/// <summary>Tests that measure memory run alone.</summary>
[CollectionDefinition(nameof(MemoryIsMeasured), DisableParallelization = true)]
public sealed class MemoryIsMeasured;
