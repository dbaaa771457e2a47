using Syndication.Cli;

namespace Syndication.Tests.Cli;

public sealed class SettingArgumentsTests
{
    [Fact]
    public void SettingsAreTakenOutAndTheRestKeepsItsOrder()
    {
        SettingArguments taken = SettingArguments.Take(
            ["render", "--Site:Title=Q=1", "a.md", "--site", "x:y=z", "--urls=http://localhost:1", "--Logging:LogLevel:Microsoft.AspNetCore=Debug"]);

        Assert.Equal(["render", "a.md", "--site", "x:y=z", "--urls=http://localhost:1"], taken.Rest);
        Assert.Equal(
            [("Site:Title", "Q=1"), ("Logging:LogLevel:Microsoft.AspNetCore", "Debug")],
            taken.Settings.Select(s => (s.Key, s.Text)));
        Assert.Empty(taken.Problems);
    }

    [Fact]
    public void WhatFollowsABareDoubleDashIsLeftAlone()
    {
        SettingArguments taken = SettingArguments.Take(["--Site:Title=", "--", "--Site:Title=x", "--a:b"]);

        Assert.Equal(["--", "--Site:Title=x", "--a:b"], taken.Rest);
        Assert.Equal("", Assert.Single(taken.Settings).Text);
    }

    [Theory]
    [InlineData("--Feeds:Limit", "command line: --Feeds:Limit has no value; expected --Feeds:Limit=value")]
    [InlineData("--site:posts", "command line: --site:posts has no value; expected --site:posts=value")]
    [InlineData("--AllowedHosts", "command line: --AllowedHosts has no value; expected --AllowedHosts=value")]
    [InlineData("--:Title=x", "command line: '--:Title=x' is no setting; expected --Section:Key=value")]
    [InlineData("--Site:=x", "command line: '--Site:=x' is no setting; expected --Section:Key=value")]
    [InlineData("--Site::Title=x", "command line: '--Site::Title=x' is no setting; expected --Section:Key=value")]
    [InlineData("--Site:T\nx=x", "command line: '--Site:T\\u000ax=x' is no setting; expected --Section:Key=value")]
    public void WhatOnlyLooksLikeASettingIsOneClearProblem(string argument, string expected)
    {
        SettingArguments taken = SettingArguments.Take([argument, "5"]);

        Assert.Equal(expected, Assert.Single(taken.Problems).ToString());
        Assert.Empty(taken.Settings);
        Assert.Equal(["5"], taken.Rest);
    }

    [Fact]
    public void ASettingWithoutASectionIsTakenToo()
    {
        SettingArguments taken = SettingArguments.Take(["serve", "--AllowedHosts=a;b", "--Urls=http://localhost:1", "--urls", "x"]);

        Assert.Equal(["serve", "--urls", "x"], taken.Rest);
        Assert.Equal([("AllowedHosts", "a;b"), ("Urls", "http://localhost:1")], taken.Settings.Select(s => (s.Key, s.Text)));
    }

    [Fact]
    public void AnAliasIsItsSetting()
    {
        Setting setting = SettingAliases.Setting("--site", "blog");

        Assert.Equal(("Site:Folder", "blog", "--site"), (setting.Key, setting.Text, setting.Origin.Name));
    }
}
