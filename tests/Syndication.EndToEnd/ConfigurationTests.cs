using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>A wrong setting ends the program with one clear line for each error, wherever it was given.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("--Feeds:Limit=many", "--Feeds:Limit", "'many'", "whole number")]
    [InlineData("--Posts:MaxBytes=0", "--Posts:MaxBytes", "0", "")]
    [InlineData("--Site:Titel=x", "unknown setting", "'Site:Titel'", "Site:Title")]
    [InlineData("--Sight:Title=x", "unknown section", "'Sight'", "")]
    [InlineData("--Site:TimeZone=Mars/Phobos", "--Site:TimeZone", "'Mars/Phobos'", "Europe/Berlin")]
    [InlineData("--Site:Url=ftp://example.org/", "--Site:Url", "ftp://example.org/", "http")]
    [InlineData("--Site:Language=not a language", "--Site:Language", "'not a language'", "")]
    public async Task AWrongSettingOnTheCommandLineIsOneLine(string argument, string where, string value, string expected)
    {
        using Workspace work = new();
        (await Command.RunAsync(work, "serve", argument)).Fails(1, [where, value, expected]);
        (await Command.RunAsync(work, "check", argument)).Fails(1, [where, value, expected]);
        Assert.False(Directory.Exists(work.In("data")));
    }

    [Theory]
    [InlineData("--site")]
    [InlineData("--posts")]
    public async Task AFolderThatDoesNotExistIsNamed(string option)
    {
        using Workspace work = new();
        (await Command.RunAsync(work, "serve", option, "no such folder")).Fails(1, [option, "no such folder"]);
    }

    [Fact]
    public async Task AFileInThePlaceOfAFolderIsNamed()
    {
        using Workspace work = new();
        work.Write("a file", "");
        (await Command.RunAsync(work, "serve", "--site", "a file")).Fails(1, ["--site", "a file"]);
    }

    [Fact]
    public async Task AWrongSettingInAFileHasFileAndLine()
    {
        using Workspace work = new();
        work.Write("appsettings.json", "{\n  // A comment is no error.\n  \"Feeds\": {\n    \"Limit\": \"many\",\n  },\n  \"Site\": {\n    \"Zone\": \"UTC\"\n  }\n}\n");
        (await Command.RunAsync(work, "serve")).Fails(1, ["appsettings.json:4: Feeds:Limit", "'many'"], ["appsettings.json:7:", "'Site:Zone'"]);
    }

    [Fact]
    public async Task AWrongVariableIsNamed()
    {
        using Workspace work = new();
        Command ended = await Command.RunAsync(new Launch
        {
            Folder = work.Folder,
            Arguments = ["serve"],
            Environment = new Dictionary<string, string> { ["SYNDICATION_FEEDS__LIMIT"] = "many", ["SYNDICATION_SITE__ZONE"] = "UTC" },
        });
        ended.Fails(1, ["SYNDICATION_FEEDS__LIMIT", "'many'"], ["SYNDICATION_SITE__ZONE", "'SITE:ZONE'"]);
    }

    [Fact]
    public async Task EveryErrorOfEverySourceIsToldAtOnce()
    {
        using Workspace work = new();
        work.Write("appsettings.json", "{ \"Feeds\": { \"Limit\": \"many\" } }");
        work.Write("more.json", "{ \"Sight\": { \"Title\": \"x\" } }");
        Command ended = await Command.RunAsync(new Launch
        {
            Folder = work.Folder,
            Arguments = ["serve", "--config", "more.json", "--Posts:MaxBytes=large", "--Site:TimeZone=Mars/Phobos"],
            Environment = new Dictionary<string, string> { ["SYNDICATION_STORAGE__FOLDER"] = "x" },
        });
        ended.Fails(
            1, ["appsettings.json:1: Feeds:Limit"], ["more.json:1:", "'Sight'"], ["SYNDICATION_STORAGE__FOLDER"], ["--Posts:MaxBytes", "'large'"],
            ["--Site:TimeZone", "'Mars/Phobos'"]);
    }

    [Fact]
    public async Task WhatIsWrongWithTheSiteIsToldBesideWrongSettings()
    {
        using Workspace work = new();
        work.Write("blog/_config.yml", "title: A blog\nurl: [\n");
        (await Command.RunAsync(work, "serve", "--site", "nowhere", "--posts", "neither", "--Feeds:Limit=many")).Fails(
            1, ["--Feeds:Limit"], ["--site", "nowhere"], ["--posts", "neither"]);
        (await Command.RunAsync(work, "check", "--site", "blog", "--Feeds:Limit=many")).Fails(1, ["--Feeds:Limit"], ["_config.yml:"]);
    }

    [Fact]
    public async Task ALaterSourceOverrulesAnEarlierOne()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Write("appsettings.json", "{ \"Site\": { \"Title\": \"of the folder\", \"Author\": \"of the folder\" } }");
        work.Write("other/more.json", "{ \"Site\": { \"Title\": \"of the named file\" }, \"Feeds\": { \"Output\": \"written here\" } }");
        Command built = await Command.RunAsync(new Launch
        {
            Folder = work.Folder,
            Arguments = ["build", "--config", "other/more.json", "--Site:Language=de"],
            Environment = new Dictionary<string, string> { ["SYNDICATION_SITE__AUTHOR"] = "of a variable", ["SYNDICATION_SITE__LANGUAGE"] = "fr" },
        });
        built.Succeeds();

        // A path in a file belongs to the folder of that file.
        string feed = work.Read("other/written here/feed.json");
        Assert.Contains("\"title\": \"of the named file\"", feed, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"of a variable\"", feed, StringComparison.Ordinal);
        Assert.Contains("\"language\": \"de\"", feed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASettingsFileThatIsNotThereIsNamed()
    {
        using Workspace work = new();
        (await Command.RunAsync(work, "serve", "--config", "nowhere.json")).Fails(1, ["--config", "'nowhere.json'"]);
    }

    [Fact]
    public async Task ASettingsFileThatIsNoJsonHasFileAndLine()
    {
        using Workspace work = new();
        work.Write("appsettings.json", "{\n  \"Site\": {\n    \"Title\" \"x\"\n  }\n}\n");
        (await Command.RunAsync(work, "serve")).Fails(1, ["appsettings.json:3:", "JSON"]);
    }

    [Fact]
    public async Task ABrokenConfigurationOfTheGeneratorHasFileAndLine()
    {
        using Workspace work = new();
        work.Write("blog/_config.yml", "title: A blog\nurl: [\n");
        work.Write("blog/_posts/2026-01-02-first.md", Workspace.TextOf("First"));
        Command ended = await Command.RunAsync(work, "serve", "--site", "blog");
        Assert.Equal(1, ended.ExitCode);
        Assert.Matches("^error: _config.yml:[0-9]+: ", Assert.Single(ended.Errors));
    }

    [Theory]
    [InlineData(new[] { "frobnicate" }, "'frobnicate'")]
    [InlineData(new[] { "--frobnicate" }, "'--frobnicate'")]
    [InlineData(new[] { "rendr", "a.md" }, "'rendr'")]
    [InlineData(new[] { "build", "--urls", "http://localhost:1" }, "--urls")]
    [InlineData(new[] { "render" }, "FILE")]
    [InlineData(new[] { "--site" }, "--site")]
    [InlineData(new[] { "--Feeds:Limit" }, "--Feeds:Limit")]
    [InlineData(new[] { "storage" }, "")]
    public async Task AWrongCommandLineIsExitCodeTwo(string[] arguments, string named)
    {
        using Workspace work = new();
        Command ended = await Command.RunAsync(work, arguments);

        Assert.True(ended.ExitCode == 2, ended.Console);
        Assert.Contains(ended.Errors, line => line.StartsWith("error: ", StringComparison.Ordinal) && line.Contains(named, StringComparison.Ordinal));
        Assert.InRange(ended.Errors.Count, 1, 3);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task HelpNamesEveryCommand(string option)
    {
        using Workspace work = new();
        Command ended = (await Command.RunAsync(work, option)).Succeeds();
        Assert.All(["serve", "build", "check", "render", "storage", "--site", "--data", "--config"],
            name => Assert.Contains(name, ended.Output, StringComparison.Ordinal));
    }
}
