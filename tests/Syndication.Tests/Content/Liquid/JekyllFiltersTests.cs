using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Tests.Content.Liquid;

/// <summary>What Jekyll 4.3 makes of the same templates.</summary>
public sealed class JekyllFiltersTests
{
    private static readonly DataMap FrontMatter = YamlReader.Read(
        "list: [{n: 2, t: b, d: false}, {n: 1, t: a}, {n: 3, t: c, d: true, tags: [x, y]}]\nwords: [x y, z]\nnumbers: [3, 1, 2]\nreal: 3.0\n"
        + "map: {a: 1, b: [1, 2.5]}\nnested: [[1, 2], [3, [4]]]\nsmall: 0.00001\ndates: [2023-01-05, 2023-02-05, 2024-01-05]\ntwo: [a, b]\n",
        1,
        ignoreCase: false);

    private static string Text(string template)
    {
        Post post = Rendering.Post($"<pre>{template}</pre>") with { FrontMatter = FrontMatter, Tags = ["b", "a"] };
        string html = Rendering.Line(Rendering.Render(post, Rendering.Site(SiteKind.Jekyll)).Html);
        return System.Net.WebUtility.HtmlDecode(html["<pre>".Length..^"</pre>".Length]);
    }

    [Theory]
    [InlineData("{{ page.list | where: 'n', 1 | map: 't' }}", "a")]
    [InlineData("{{ page.list | where: 'tags', 'x' | map: 't' }}", "c")]
    [InlineData("{{ page.list | where_exp: 'i', 'i.n > 1' | map: 't' | join: '+' }}", "b+c")]
    [InlineData("{{ page.list | where_exp: 'i', 'i.n > 1 and i.d' | map: 't' | join: '+' }}", "c")]
    [InlineData("{{ page.list | where_exp: 'i', 'i.n >' | size }}", "0")]
    [InlineData("{% assign f = page.list | find: 'n', 2 %}{{ f.t }}", "b")]
    [InlineData("{% assign f = page.list | find_exp: 'i', 'i.n == 3' %}{{ f.t }}", "c")]
    [InlineData("{{ page.list | sort: 'n' | map: 't' | join: '' }}", "abc")]
    [InlineData("{{ page.list | sort: 'd' | map: 't' | join: '' }}", "abc")]
    [InlineData("{{ page.list | group_by: 'd' | map: 'name' | join: '/' }}", "false//true")]
    [InlineData("{% assign g = page.list | group_by_exp: 'i', 'i.n | modulo: 2' %}{% for x in g %}{{ x.name }}={{ x.size }}:{{ x.items | map: 't' | join: ',' }} {% endfor %}", "0=1:b 1=2:a,c ")]
    [InlineData("{{ page.numbers | push: 4 | join: '' }} {{ page.numbers | unshift: 0 | join: '' }} {{ page.numbers | pop | join: '' }} {{ page.numbers | shift | join: '' }}", "3124 0312 31 12")]
    [InlineData("{{ page.words | array_to_sentence_string }} {{ page.words | array_to_sentence_string: 'or' }}", "x y and z x y or z")]
    [InlineData("{{ page.list | jsonify }}", "[{\"n\":2,\"t\":\"b\",\"d\":false},{\"n\":1,\"t\":\"a\"},{\"n\":3,\"t\":\"c\",\"d\":true,\"tags\":[\"x\",\"y\"]}]")]
    [InlineData("{{ page.none | jsonify }} {{ 1.5 | jsonify }}", "null 1.5")]
    [InlineData("{{ page.list[1] | inspect }} {{ page.none | inspect }}", "{\"n\"=>1, \"t\"=>\"a\"} nil")]
    public void ListsAreChosenOrderedAndPrinted(string template, string expected) => Assert.Equal(expected, Text(template));

    [Theory]
    [InlineData("{{ 10 | divided_by: 3.0 }} {{ 10.0 | divided_by: 4 }} {{ -7 | divided_by: 2 }} {{ 7 | divided_by: 0 }}", "3.3333333333333335 2.5 -4 ")]
    [InlineData("{{ -7 | modulo: 3 }} {{ 7.5 | modulo: 2 }}", "2 1.5")]
    [InlineData("{{ 90.0 | plus: 1 }} {{ 0.1 | plus: 0.2 }} {{ '3.50' | times: 2 }} {{ '3px' | times: 2 }} {{ 2 | minus: 3 }}", "91.0 0.3 7.0 6 -1")]
    [InlineData("{{ 4.5 | round }} {{ 4.567 | round: 2 }} {{ 4.0 | round }} {{ page.real }}", "5 4.57 4 3.0")]
    public void NumbersAreRubys(string template, string expected) => Assert.Equal(expected, Text(template));

    [Theory]
    [InlineData("{{ page.words | join }}", "x y z")]
    [InlineData("{{ 'soon' | date: '%Y' }}", "soon")]
    [InlineData("{{ '/a b/\u00FC.png' | relative_url }} {{ '/a b' | absolute_url }}", "/a%20b/%C3%BC.png https://blog.example.org/a%20b")]
    [InlineData("{{ page.id }} {{ site.related_posts | size }} {{ jekyll.environment }}", "/2024/05/01/hello 0 production")]
    [InlineData("{% assign tags = site.tags | sort %}{% for t in tags %}{{ t[0] }}({{ t[1].size }}) {% endfor %}", "a(1) b(1) ")]
    public void ValuesAreJekylls(string template, string expected) => Assert.Equal(expected, Text(template));

    [Theory]
    [InlineData("{{ page.date | date_to_string: 'ordinal', 'US' }}", "May 1st, 2024")]
    [InlineData("{{ page.date | date_to_string: 'ordinal' }}", "1st May 2024")]
    [InlineData("{{ '2024-12-13' | date_to_long_string: 'ordinal' }}", "13th December 2024")]
    [InlineData("{{ page.date | date_to_long_string }}", "01 May 2024")]
    [InlineData("{{ page.date | date_to_xmlschema }}", "2024-05-01T10:00:00+00:00")]
    [InlineData("{{ page.date | date_to_rfc822 }}", "Wed, 01 May 2024 10:00:00 +0000")]
    public void DatesArePrintedAsJekyllPrintsThem(string template, string expected) => Assert.Equal(expected, Text(template));

    [Theory]
    [InlineData("", "the-config-yml-file-\u00FC")]
    [InlineData(": 'raw'", "the-_config.yml-file-\u00FC")]
    [InlineData(": 'pretty'", "the-_config.yml-file-\u00FC")]
    [InlineData(": 'ascii'", "the-config-yml-file")]
    [InlineData(": 'latin'", "the-config-yml-file-u")]
    [InlineData(": 'none'", "the _config.yml file \u00FC")]
    public void SlugsFollowTheirMode(string mode, string expected) =>
        Assert.Equal(expected, Text("{{ 'The _config.yml file \u00DC' | slugify" + mode + " }}"));

    [Theory]
    [InlineData("{{ 'hello  world foo' | number_of_words }}", "3")]
    [InlineData("{{ '\u4F60\u597D world' | number_of_words: 'auto' }}", "3")]
    [InlineData("{{ 'wORD list' | capitalize }}", "Word list")]
    [InlineData("{{ '\"q\" -- its' | smartify }}", "\u201Cq\u201D \u2013 its")]
    public void TextIsCountedAndPolished(string template, string expected) => Assert.Equal(expected, Text(template));

    [Fact]
    public void MarkdownIsMadeHtml() =>
        Assert.Equal("<div><p><em>a</em></p></div>", Rendering.Line(Rendering.Jekyll("<div>{{ '*a*' | markdownify | strip }}</div>").Html));

    [Theory]
    [InlineData("{{ page.map }} {{ page.list }} {{ page.real | append: '!' }} {{ page.map | default: 'd' }}", "{\"a\"=>1, \"b\"=>[1, 2.5]} {\"n\"=>2, \"t\"=>\"b\", \"d\"=>false}{\"n\"=>1, \"t\"=>\"a\"}{\"n\"=>3, \"t\"=>\"c\", \"d\"=>true, \"tags\"=>[\"x\", \"y\"]} 3.0! {\"a\"=>1, \"b\"=>[1, 2.5]}")]
    [InlineData("{{ page.numbers | append: '!' }} {{ page.numbers }} {{ page.nested | join: ',' }} {{ page.nested | array_to_sentence_string }}", "[3, 1, 2]! 312 1,2,3,4 [1, 2] and [3, [4]]")]
    [InlineData("{{ page.small }} {{ page.small | times: 2 }} {{ 7.0 | modulo: 7 }} {{ 'x' | round: 1 }} {{ 5 | round: 1 }}", "1.0e-05 2.0e-05 0.0 0 5")]
    [InlineData("{{ page.map | first | inspect }} {{ page.map | size }} {{ 2 | size }} {{ nil | size }} {{ 2.5 | size }}", "[&quot;a&quot;, 1] 2 8 0 0")]
    [InlineData("{{ nil | push: 1 }}{{ 'x' | pop }} {{ 2 | join: ',' }} {{ 2 | uniq }} {{ 's' | first }}{{ 's' | reverse }}", "x 2 2 s")]
    [InlineData("{{ 'a: b' | where: 'n', 1 }} {{ page.list | find: 'n', 9 | size }} {{ page.list | map: 'deep.x' | size }}", "a: b 0 3")]
    [InlineData("{{ '10.9px' | to_integer }} {{ true | to_integer }} {{ '5.5' | at_most: 9 }} {{ nil | at_least: 3 }} {{ '-2.5' | abs }}", "10 1 5.5 3 2.5")]
    public void ValuesArePrintedAndTakenAsRubyDoes(string template, string expected) => Assert.Equal(System.Net.WebUtility.HtmlDecode(expected), Text(template));

    [Theory]
    [InlineData("{% assign g = page.dates | group_by_exp: 'd', 'd | date: \"%Y\"' %}{% for y in g %}{{ y.name }}:{{ y.size }} {% endfor %}", "2023:2 2024:1 ")]
    [InlineData("{{ page.list | group_by: 'tags' | map: 'name' | join: '/' }} {{ page.list | group_by: 'd' | map: 'size' | jsonify }}", "/[\"x\", \"y\"] [1,1,1]")]
    [InlineData("{{ page.list | sort: 'd', 'last' | map: 't' | join }} {{ page.numbers | sample }} {{ page.numbers | sample: 2 | join }}", "b c a 3 3 1")]
    [InlineData("{{ page.two | array_to_sentence_string: '' }}|{{ page.list | map: 'tags' | compact | join }}", "a  b|x y")]
    public void GroupsAndChoicesAreJekylls(string template, string expected) => Assert.Equal(expected, Text(template));

    [Theory]
    [InlineData("{{ 'a b c' | truncatewords: 3 }} {{ 'a b c' | truncatewords: 2 }}", "a b c a b...")]
    [InlineData("{{ 'a,,b,,' | split: ',' | size }} {{ 'a  b' | split: ' ' | size }} {{ 'ab' | split: '' | join: '-' }}", "3 2 a-b")]
    [InlineData("{{ 'a\nb' | newline_to_br | escape }}", "a<br />b")]
    [InlineData("{{ 'a&lt;p&gt;b&lt;!-- x > y --&gt;&lt;style&gt;q&lt;/style&gt;c < d' | replace: '&lt;', '<' | replace: '&gt;', '>' | strip_html | escape }}", "abc < d")]
    [InlineData("{{ 'it\u2019s \u00E9 \"x\"' | xml_escape | escape }}{{ '<&' | xml_escape | escape }}", "it\u2019s \u00E9 &quot;x&quot;&lt;&amp;")]
    [InlineData("{{ 'a\\nb' | size }} {{ 'a\\b' }}", "4 a\\b")]
    [InlineData("{{ 'Not *this* or # that' | smartify }} {{ \"it's -- a...\" | smartify }}", "Not *this* or # that it\u2019s \u2013 a\u2026")]
    public void TextsAreTakenApartAsRubyDoes(string template, string expected) => Assert.Equal(expected, Text(template));

    [Theory]
    [InlineData("{{ page.date | date: '' }} {{ '1714550400' | date: '%F' }} {{ page.date | date: '%x %X' }}", "2024-05-01 10:00:00 +0000 2024-05-01 05/01/24 10:00:00")]
    [InlineData("{{ page.date | date: '%Z' }} {{ '2024-05-01 10:00:00 +0500' | date: '%Z.%z' }}", "UTC .+0500")]
    [InlineData("{{ 12345678901234567 | date: '%Y' }} {{ 12345678901234567 | date_to_string }}", "12345678901234567 12345678901234567")]
    public void DatesOfOddValuesAreDates(string template, string expected) => Assert.Equal(expected, Text(template));

    [Fact]
    public void TheZonesOwnNameIsWritten()
    {
        Post post = Rendering.Post("{{ '2024-01-05' | date: '%Z' }} {{ '2024-07-05' | date: '%Z' }}");
        SiteDefinition site = Rendering.Site(SiteKind.Jekyll) with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
        Assert.Equal("<p>CET CEST</p>", Rendering.Line(Rendering.Render(post, site).Html));
    }
}
