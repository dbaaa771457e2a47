using System.Collections.Immutable;
using System.Text;
using Syndication.Cli;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Site;
using Syndication.Transports;

namespace Syndication.Tests.Cli;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly SiteFolder _program = new("program");
    private readonly SiteFolder _current = new("current");

    public void Dispose()
    {
        _program.Dispose();
        _current.Dispose();
    }

    [Fact]
    public void WithoutAnySourceDefaultsStay()
    {
        SettingsReading read = Read();

        Assert.Empty(read.Problems);
        Assert.Equal(new TestOptions().Limit, read.Get<TestOptions>().Limit);
        Assert.Equal("default: Test:Limit is 'x'; expected y", read.OriginOf("Test:Limit").Wrong("'x'", "y").ToString());
    }

    [Fact]
    public void ALaterSourceWins()
    {
        _program.With("appsettings.json", """{"Site": {"Title": "1", "Description": "1", "Author": "1", "Language": "aa", "Permalink": "1"}}""");
        _current.With("appsettings.json", """{"Site": {"Title": "2", "Description": "2", "Author": "2", "Language": "bb"}}""");
        _current.With("own/x.json", """{"Site": {"Title": "3", "Description": "3", "Author": "3"}}""");

        SettingsReading read = Read(
            "own/x.json",
            [("syndication_site__title", "4"), ("SYNDICATION_SITE__DESCRIPTION", "4"), ("SITE__AUTHOR", "5"), ("MAIL", "/var/mail/me")],
            ["--Site:Title=5"]);

        Assert.Empty(read.Problems);
        SiteOptions site = read.Get<SiteOptions>();
        Assert.Equal(("5", "4", "3", "bb", "1"), (site.Title, site.Description, site.Author, site.Language, site.Permalink));
        Assert.Equal("command line", read.OriginOf("site:title").Source);
        Assert.Equal("environment variable SYNDICATION_SITE__DESCRIPTION", read.OriginOf("Site:Description").Source);
        Assert.Equal(new SettingOrigin("own/x.json", 1, "Site:Author"), read.OriginOf("Site:Author"));
        Assert.Equal("appsettings.json", read.OriginOf("Site:Language").Source);
        Assert.Equal(_program.At("appsettings.json"), read.OriginOf("Site:Permalink").Source);
    }

    [Fact]
    public void EveryTypeIsRead()
    {
        _current.With("appsettings.json", """
            {
              // Comments and commas at the end are welcome.
              "Test": {
                "Text": "a", "Flag": true, "Choice": false, "Count": 7, "Limit": "8", "Wait": "00:00:05",
                "Address": "https://example.org/x",
              },
              "Posts": {},
            }
            """);

        SettingsReading read = Read();

        Assert.Empty(read.Problems);
        TestOptions test = read.Get<TestOptions>();
        Assert.Equal(("a", true, false, 7, 8), (test.Text, test.Flag, test.Choice, test.Count, test.Limit));
        Assert.Equal(TimeSpan.FromSeconds(5), test.Wait);
        Assert.Equal("https://example.org/x", test.Address?.AbsoluteUri);
    }

    [Theory]
    [InlineData("""{"Test": {"Text": "", "Limit": "", "Choice": null, "Address": " ", "Wait": ""}}""")]
    [InlineData("""{"Test": null, "Site": {}, "Logging": {}}""")]
    [InlineData("""{}""")]
    public void BlankAndNullAreNotSet(string json)
    {
        _program.With("appsettings.json", """{"Test": {"Text": "kept"}}""");
        _current.With("appsettings.json", json);

        SettingsReading read = Read();

        Assert.Empty(read.Problems);
        Assert.Equal("kept", read.Get<TestOptions>().Text);
        Assert.Equal(new TestOptions().Limit, read.Get<TestOptions>().Limit);
    }

    [Fact]
    public void ASectionInThePlaceOfAValueIsOneProblem() => Assert.Equal(
        "command line: Test:Limit is a section; expected a whole number", Assert.Single(Read(null, [], ["--Test:Limit:0=y"]).Problems).ToString());

    [Fact]
    public void ARelativePathBelongsToWhereItWasSaid()
    {
        _current.With("own/x.json", """{"Site": {"Folder": "blog"}, "Posts": {"Folder": "/srv/posts"}}""");

        Assert.Equal(_current.At("own/blog"), Read("own/x.json").Get<SiteOptions>().Folder);
        Assert.Equal("/srv/posts", Read("own/x.json").Get<PostsOptions>().Folder);
        Assert.Equal(_current.At("b"), Read("own/x.json", [("SYNDICATION_Site__Folder", "./b")]).Get<SiteOptions>().Folder);
        Assert.Equal(_current.At("c"), Read("own/x.json", [], ["--Site:Folder=x/../c"]).Get<SiteOptions>().Folder);
    }

    [Fact]
    public void DotNetsOwnSectionsPassThrough()
    {
        _current.With("appsettings.json", """
            {"Logging": {"LogLevel": {"Default": "Warning"}}, "AllowedHosts": "*", "Kestrel": {"Endpoints": {"A": {"Url": "http://*:1"}}}}
            """);

        SettingsReading read = SettingsReader.Read(
            Request(null, [("SYNDICATION_LOGGING__LOGLEVEL__DEFAULT", "Debug")], []) with
            {
                CommandLine = [SettingAliases.Setting("--urls", "http://localhost:9")],
            },
            Sections());

        Assert.Empty(read.Problems);
        Assert.Equal("Debug", read.Host["Logging:LogLevel:Default"]);
        Assert.Equal("*", read.Host["AllowedHosts"]);
        Assert.Equal("http://*:1", read.Host["Kestrel:Endpoints:A:Url"]);
        Assert.Equal("http://localhost:9", read.Host["urls"]);
        Assert.Equal("--urls", read.OriginOf("Urls").Name);
    }

    [Theory]
    [InlineData("""{"Test": {"Limit": "many"}}""", "Test:Limit is 'many'; expected a whole number")]
    [InlineData("""{"Test": {"Limit": 1.5}}""", "Test:Limit is '1.5'; expected a whole number")]
    [InlineData("""{"Test": {"Limit": 99999999999}}""", "Test:Limit is '99999999999'; expected a whole number")]
    [InlineData("""{"Test": {"Limit": true}}""", "Test:Limit is 'true'; expected a whole number")]
    [InlineData("""{"Test": {"Limit": [1, 2]}}""", "Test:Limit is a list; expected a whole number")]
    [InlineData("""{"Test": {"Limit": []}}""", "Test:Limit is a list; expected a whole number")]
    [InlineData("""{"Test": {"Limit": {}}}""", "Test:Limit is a section; expected a whole number")]
    [InlineData("""{"Test": {"Text": {"A": {"B": 1}, "C": 2}}}""", "Test:Text is a section; expected text")]
    [InlineData("""{"Test": {"Flag": 1}}""", "Test:Flag is '1'; expected true or false")]
    [InlineData("""{"Test": {"Choice": "maybe"}}""", "Test:Choice is 'maybe'; expected true or false")]
    [InlineData("""{"Test": {"Wait": 5}}""", "Test:Wait is '5'; expected a duration such as 00:05:00 (hours:minutes:seconds) or 2.00:00:00 (days before them)")]
    [InlineData("""{"Test": {"Wait": "25:00:00"}}""", "Test:Wait is '25:00:00'; expected a duration such as 00:05:00 (hours:minutes:seconds) or 2.00:00:00 (days before them)")]
    [InlineData("""{"Test": {"Wait": "24:00:00"}}""", "Test:Wait is '24:00:00'; expected a duration such as 00:05:00 (hours:minutes:seconds) or 2.00:00:00 (days before them)")]
    [InlineData("""{"Test": {"Address": "example.org"}}""", "Test:Address is 'example.org'; expected an address such as https://example.org/")]
    [InlineData("""{"Test": {"Address": "/blog"}}""", "Test:Address is '/blog'; expected an address such as https://example.org/")]
    [InlineData("""{"Test": {"Limit": 0}}""", "Test:Limit is '0'; expected 1 to 10")]
    [InlineData("""{"Site": {"Folder": "a\u0000b"}}""", "Site:Folder is 'a\\u0000b'; expected the path of a file or folder")]
    [InlineData("""{"Site": {"TimeZone": "Mars/Olympus"}}""", "Site:TimeZone is 'Mars/Olympus'; expected the name of a time zone, such as Europe/Berlin or UTC")]
    [InlineData("""{"Site": {"Language": "en_US"}}""", "Site:Language is 'en_US'; expected a language tag such as en or pt-BR")]
    [InlineData("""{"Site": {"Url": "ftp://example.org"}}""", "Site:Url is 'ftp://example.org/'; expected an address such as https://example.org/, http or https, without query or user name")]
    [InlineData("""{"Posts": {"MaxBytes": 12}}""", "Posts:MaxBytes is '12'; expected 1024 to 100000000 bytes")]
    [InlineData("""{"Site": "x"}""", "Site is 'x'; expected a section with keys")]
    [InlineData("""{"Site": []}""", "Site is a list; expected a section with keys")]
    [InlineData("""{"Site": {"Titel": "x"}}""", "unknown setting 'Site:Titel'; did you mean Site:Title?")]
    [InlineData("""{"Sites": {"Title": "x", "Url": "y"}}""", "unknown section 'Sites'; did you mean Site?")]
    [InlineData("""{"Loging": {}}""", "unknown section 'Loging'; did you mean Logging?")]
    [InlineData("""{"Title": "x"}""", "unknown setting 'Title'; did you mean Site:Title?")]
    [InlineData("""{"Posts": {"Limit": 5}}""", "unknown setting 'Posts:Limit'; did you mean Feeds:Limit?")]
    [InlineData("""{"Quux": {"Frobnicate": {"Deep": [1, {"a": 2}]}, "B": 1}}""", "unknown section 'Quux'")]
    [InlineData("""{"Test": {"Limit": 5, "limit": 6}}""", "Test:limit is there twice; expected each key once")]
    [InlineData("""{"Test": {"Limit": 5}, "TEST": {"Text": "a"}}""", "TEST is there twice; expected each key once")]
    [InlineData("""{"Test": {"Limit": 5}, "Test:Limit": 6}""", "Test:Limit: it is given twice; expected each setting once")]
    [InlineData("""[]""", "the JSON is no object")]
    [InlineData("""5""", "the JSON is no object")]
    [InlineData("""{"Test": {"Text": "\uD800"}}""", "the JSON has text that is not Unicode")]
    public void AWrongFileIsOneProblem(string json, string expected)
    {
        _current.With("appsettings.json", json);

        Assert.Equal($"appsettings.json:1: {expected}", Assert.Single(Read().Problems).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Test\": {\"Limit\": }}")]
    [InlineData("{\"Test\"")]
    [InlineData("{} {}")]
    [InlineData("nonsense")]
    public void BrokenJsonIsOneProblemWithItsLine(string json)
    {
        _current.With("appsettings.json", json);

        Assert.StartsWith(
            "appsettings.json:1: the JSON cannot be read: ", Assert.Single(Read().Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileTooDeepIsOneProblem()
    {
        _current.With("appsettings.json", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)));

        Assert.Single(Read().Problems);
    }

    [Fact]
    public void AByteOrderMarkIsReadAwayAndAnotherEncodingIsAProblem()
    {
        _program.WithBytes("appsettings.json", [0xEF, 0xBB, 0xBF, .. """{"Site": {"Title": "Ü"}}"""u8]);
        _current.WithBytes("appsettings.json", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")]);

        SettingsReading read = Read();

        Assert.Equal("Ü", read.Get<SiteOptions>().Title);
        Assert.Equal("appsettings.json: the file is UTF-16, not UTF-8", Assert.Single(read.Problems).ToString());
    }

    [Fact]
    public void EveryErrorIsToldAtOnceWithItsSourceAndLine()
    {
        _current.With("appsettings.json", """
            {
              "Test": {
                "Limit": "many",
                "Flag": 2
              },
              "Foo": {
                "Bar": 1
              }
            }
            """);

        SettingsReading read = Read(
            "missing.json",
            [("SYNDICATION_FOO__BAR", "1"), ("SYNDICATION_", "1"), ("SYNDICATION_TEST__WAIT", "soon"), ("SYNDICATION_HOME", "/")],
            ["--Test:Count=x", "--Posts:MaxBytes=5", "--Site:Title=a", "--site:title=b"]);

        Assert.Equal(
            [
                "command line: --config: there is no file 'missing.json'; expected a settings file",
                "appsettings.json:3: Test:Limit is 'many'; expected a whole number",
                "appsettings.json:4: Test:Flag is '2'; expected true or false",
                "appsettings.json:6: unknown section 'Foo'",
                "environment variable SYNDICATION_: unknown setting ''",
                "environment variable SYNDICATION_FOO__BAR: unknown section 'FOO'",
                "environment variable SYNDICATION_HOME: unknown setting 'HOME'",
                "environment variable SYNDICATION_TEST__WAIT: TEST:WAIT is 'soon'; expected a duration such as 00:05:00 (hours:minutes:seconds) or 2.00:00:00 (days before them)",
                "command line: --Test:Count is 'x'; expected a whole number",
                "command line: --site:title: it is given twice; expected each setting once",
                "command line: --Posts:MaxBytes is '5'; expected 1024 to 100000000 bytes",
            ],
            read.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void AnAddressThatCannotBeListenedOnIsAProblem()
    {
        _current.With("appsettings.json", """{"Urls": "http://localhost:5080;http://256.1.1.1:80"}""");

        Assert.StartsWith(
            "appsettings.json:1: Urls is 'http://256.1.1.1:80'; expected addresses such as", Assert.Single(Read().Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAliasAndItsSettingAreTheSameSetting()
    {
        SettingsRequest request = Request(null, [], ["--Site:Folder=a"]);

        SettingsReading read = SettingsReader.Read(
            request with { CommandLine = [SettingAliases.Setting("--site", "b"), .. request.CommandLine] }, Sections());

        Assert.Equal("command line: --Site:Folder: it is given twice; expected each setting once", Assert.Single(read.Problems).ToString());
    }

    [Fact]
    public void TheProgramsOwnFileIsReadOnceWhereItIsTheCallersToo()
    {
        _current.With("appsettings.json", "{\"Foo\": 1}");

        SettingsReading read = SettingsReader.Read(Request(null, [], []) with { ProgramFolder = _current.Root + "/" }, Sections());

        Assert.Equal("appsettings.json:1: unknown setting 'Foo'", Assert.Single(read.Problems).ToString());
    }

    [Fact]
    public void ListsOfSectionsAreReadAndAnItemsKeyCanBeGivenAlone()
    {
        _program.With("appsettings.json", """{"Mail": {"Transports": [{"Host": "old", "Weight": 9}, {"Host": "older"}, {"Host": "oldest"}]}}""");
        _current.With("appsettings.json", """
            {"Mail": {
              "Transports": [
                {"Name": "first", "Host": "a.example", "Limits": {"PerSecond": 5}},
                {"Host": "b.example", "WarmUp": {"Growth": 1.75}}
              ],
              "Dkim": [{"Domain": "example.org", "Selector": "s", "KeyFile": "keys/dkim.pem"}]
            }}
            """);

        SettingsReading read = Read(null, [("SYNDICATION_MAIL__TRANSPORTS__1__PASSWORD", "geheim")], ["--Mail:Transports:0:limits:PerDay=100", "--mail:transports:1:UserName=me"]);

        Assert.Empty(read.Problems);
        MailOptions mail = read.Get<MailOptions>();
        Assert.Equal([("first", "a.example", 1), ("b.example:587", "b.example", 1)], mail.Relays.Select(r => (r.EffectiveName, r.Host!, r.Weight)));
        Assert.Equal((5, 100, 1.75), (mail.Transports[0].Limits.PerSecond, mail.Transports[0].Limits.PerDay, mail.Transports[1].WarmUp.Growth));
        Assert.Equal(("me", "geheim"), (mail.Transports[1].UserName, mail.Transports[1].Password));
        Assert.Equal(_current.At("keys/dkim.pem"), mail.Dkim[0].KeyFile);
        Assert.Equal(4, read.OriginOf("Mail:Transports:1:Host").Line);
        Assert.False(read.IsGiven("Mail:Transports:2:Host"));
        Assert.Equal("command line", read.OriginOf("Mail:Transports:0:Limits:PerDay").Source);
    }

    [Fact]
    public void WhatIsWrongInAListIsToldWithItsPlace()
    {
        _current.With("appsettings.json", """
            {"Mail": {
              "Host": "c.example",
              "Transports": [
                {"Host": "a.example", "Weight": 101},
                {"Hots": "b.example", "Limits": {"PerDay": 0, "PerWeek": 1}},
                "d.example",
                {"Host": "e.example", "Port": {"x": 1}, "Limits": 5}
              ],
              "Dkim": {"Domain": "x"}
            }}
            """);

        string[] problems = [.. Read(null, [], ["--Mail:Transports:first:Host=a", "--Mail:Transports=a", "--Mail:Transports:32:Host=a"]).Problems.Select(p => p.ToString())];

        Assert.Contains(problems, p => p.StartsWith("appsettings.json:2: Mail:Host is 'c.example'; expected nothing here", StringComparison.Ordinal));
        Assert.Contains("appsettings.json:4: Mail:Transports:0:Weight is '101'; expected 1 to 100", problems);
        Assert.Contains("appsettings.json:5: unknown setting 'Mail:Transports:1:Hots'; did you mean Mail:Transports:1:Host?", problems);
        Assert.Contains("default: Mail:Transports:1:Host is ''; expected the name or address of a mail server", problems);
        Assert.Contains("appsettings.json:5: Mail:Transports:1:Limits:PerDay is '0'; expected 1 or more, or nothing for no limit", problems);
        Assert.Contains(problems, p => p.StartsWith("appsettings.json:5: unknown setting 'Mail:Transports:1:Limits:PerWeek'", StringComparison.Ordinal));
        Assert.Contains("appsettings.json:6: Mail:Transports:2 is 'd.example'; expected a section with keys", problems);
        Assert.Contains("appsettings.json:7: Mail:Transports:3:Port is a section; expected a whole number", problems);
        Assert.Contains("appsettings.json:7: Mail:Transports:3:Limits is '5'; expected a section with keys", problems);
        Assert.Contains("appsettings.json:9: Mail:Dkim is a section; expected a list of sections", problems);
        Assert.Contains("command line: Mail:Transports is 'a'; expected a list of sections", problems);
        Assert.Contains(problems, p => p.StartsWith("command line: unknown setting 'Mail:Transports:first'", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("command line: unknown setting 'Mail:Transports:32'", StringComparison.Ordinal));
    }

    [Fact]
    public void EverySectionHasAnOptionsClassThatCanBeBound() =>
        Assert.All(KnownOptions.New(), s => Assert.NotEmpty(s.Keys));

    private static ImmutableArray<OptionsSection> Sections() => [.. KnownOptions.New(), OptionsSection.Of<TestOptions>("Test")];

    private SettingsRequest Request(string? config, (string Name, string Value)[] environment, string[] arguments) => new()
    {
        ProgramFolder = _program.Root,
        CurrentFolder = _current.Root,
        ConfigFile = config,
        Environment = environment.Select(v => KeyValuePair.Create(v.Name, v.Value)),
        CommandLine = SettingArguments.Take(arguments).Settings,
    };

    private SettingsReading Read(string? config = null, (string Name, string Value)[]? environment = null, string[]? arguments = null) =>
        SettingsReader.Read(Request(config, environment ?? [], arguments ?? []), Sections());

    private sealed class TestOptions : IValidatedOptions
    {
        public string? Text { get; set; }

        public bool Flag { get; set; }

        public bool? Choice { get; set; }

        public int? Count { get; set; }

        public int Limit { get; set; } = 5;

        public TimeSpan Wait { get; set; }

        public Uri? Address { get; set; }

        public IEnumerable<InvalidOption> Invalid() =>
            Limit is < 1 or > 10 ? [new InvalidOption(nameof(Limit), "1 to 10")] : [];
    }
}
