using System.Collections.Immutable;
using Syndication.Site;
using Syndication.Templating;
using Syndication.Tests.Support;

namespace Syndication.Tests.Templating;

public sealed class TemplateSetTests : IDisposable
{
    private readonly TempFolder _own = new();
    private readonly TempFolder _shipped = new();
    private readonly TemplateSet _templates;

    public TemplateSetTests()
    {
        File.WriteAllText(Path.Join(_shipped.Path, "page.html"), "shipped {{ title }}");
        _templates = new TemplateSet([_own.Path, _shipped.Path]);
    }

    public void Dispose()
    {
        _own.Dispose();
        _shipped.Dispose();
    }

    [Fact]
    public void TheSitesOwnTemplateWinsOverTheOneThatIsShipped()
    {
        Assert.Empty(_templates.Refresh("page.html"));
        Assert.Equal("shipped A", Render("A"));
        Write("own {{ title }}", 1);

        Assert.Empty(_templates.Refresh("page.html"));

        Assert.Equal("own A", Render("A"));
    }

    [Fact]
    public void ValuesAreEncodedUnlessTheyAreRaw()
    {
        Write("{{ title }} {{ title | raw }}", 1);
        _templates.Refresh("page.html");

        Assert.Equal("&lt;b&gt;ü&lt;/b&gt; <b>ü</b>", Render("<b>ü</b>"));
    }

    [Fact]
    public void TemplatesThatFailTheirTrialArePutBackTogetherAndTriedAgainWithTheNextChange()
    {
        ImmutableArray<string> names = ["page.html", "other.html"];
        File.WriteAllText(Path.Join(_shipped.Path, "other.html"), "other");
        _templates.Refresh(names);
        Write("bad {{ title }}", 1);

        Assert.Equal("refused", Assert.Single(_templates.RefreshAndTry(names, () => Render("A") == "bad A" ? [Problem.Error("x", null, "refused")] : [])).What);

        Assert.Equal("shipped A", Render("A"));
        Assert.Empty(_templates.RefreshAndTry(names, () => throw new InvalidOperationException("nothing was read")));
        File.WriteAllText(Path.Join(_own.Path, "other.html"), "own other");
        Assert.Empty(_templates.RefreshAndTry(names, () => []));
        Assert.Equal("bad A", Render("A"));
    }

    [Fact]
    public void ABrokenTemplateLeavesTheLastGoodOneAndSaysWhere()
    {
        Write("good {{ title }}", 1);
        _templates.Refresh("page.html");
        string version = _templates.VersionOf("page.html");
        Write("line one\n{% if %}", 2);

        Problem problem = Assert.Single(_templates.Refresh("page.html"));

        Assert.Equal((Severity.Error, Path.Join(_own.Path, "page.html"), 2), (problem.Severity, problem.Source, problem.Line));
        Assert.Equal("good A", Render("A"));
        Assert.Equal(version, _templates.VersionOf("page.html"));
        Assert.Empty(_templates.Refresh("page.html"));
    }

    [Fact]
    public void AMissingTemplateIsAProblem() => Assert.Contains("missing", Assert.Single(_templates.Refresh("other.html")).What, StringComparison.Ordinal);

    [Fact]
    public void ATemplateThatNeverEndsIsStopped()
    {
        Write("{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}", 1);
        _templates.Refresh("page.html");

        Assert.Throws<DataFormatException>(() => Render("A"));
    }

    [Theory]
    [InlineData("{% for i in (1..2000) %}{{ long }}{% endfor %}")]
    [InlineData("{% assign a = long %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}")]
    [InlineData("{% for i in (1..2000000000) %}{% endfor %}")]
    public void ATemplateThatWritesWithoutEndIsStopped(string text)
    {
        Write(text, 1);
        _templates.Refresh("page.html");
        Dictionary<string, object?> model = new() { ["long"] = new string('x', 100_000) };

        Assert.Throws<DataFormatException>(() => _templates.Render("page.html", model));
    }

    [Fact]
    public void ATextTemplateIsNotEncoded()
    {
        File.WriteAllText(Path.Join(_shipped.Path, "page.txt"), "{{ title }}");
        _templates.Refresh("page.txt");

        Assert.Equal("<b> & \"ü\"", _templates.Render("page.txt", new Dictionary<string, object?> { ["title"] = "<b> & \"ü\"" }));
    }

    private string Render(string title) => _templates.Render("page.html", new Dictionary<string, object?> { ["title"] = title });

    private void Write(string text, int minute)
    {
        string file = Path.Join(_own.Path, "page.html");
        File.WriteAllText(file, text);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, minute, 0, DateTimeKind.Utc));
    }
}
