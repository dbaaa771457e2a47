using System.Text;
using Syndication.Tests.Support;

namespace Syndication.Tests.Cli;

public sealed class SubscribersCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddMakesTheDatabaseAndSaysThatNobodyIsAskedToConfirm()
    {
        TestTerminal terminal = await RunAsync(0, "subscribers", "add", "you@example.org", "me@Example.org", "--cadence", "weekly", "--topics", "C#,Go");

        Assert.Contains("you@example.org is active and gets a weekly digest about C#, Go from now on, without being asked to confirm", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("me@example.org is active", terminal.Out, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("data", "syndication.db"), terminal.Out, StringComparison.Ordinal);
        Assert.Contains("you@example.org", (await RunAsync(0, "subscribers", "list")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "'you' is no mail address: it has no @", "add", "you")]
    [InlineData(1, "'a@b\\u000d\\u000aX: y' is no mail address", "add", "a@b\r\nX: y")]
    [InlineData(1, "--time-zone: is 'Europe/Berlyn'", "add", "you@example.org", "--time-zone", "Europe/Berlyn")]
    [InlineData(2, "hourly", "add", "you@example.org", "--cadence", "hourly")]
    [InlineData(2, "", "add")]
    [InlineData(1, "there is no file 'list.csv'", "import", "list.csv")]
    [InlineData(3, "there is no database", "list")]
    [InlineData(3, "there is no database", "export")]
    [InlineData(3, "there is no database", "remove", "you@example.org")]
    [InlineData(3, "there is no database", "erase", "you@example.org")]
    public async Task WhatIsWrongIsToldInALineWithItsExitCode(int code, string message, params string[] arguments)
    {
        TestTerminal terminal = await RunAsync(code, ["subscribers", .. arguments]);

        Assert.StartsWith("error: ", terminal.Error, StringComparison.Ordinal);
        Assert.Contains(message, terminal.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", terminal.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Join(_folder.Path, "data")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task AnEmptyListIsAnErrorInALine(string text)
    {
        File.WriteAllText(Path.Join(_folder.Path, "list.csv"), text);

        string said = (await RunAsync(1, "subscribers", "import", "list.csv")).Error;

        Assert.StartsWith("error: list.csv:1: it is empty; expected a first line with names of columns", said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task OneWrongAddressAddsNobody()
    {
        await RunAsync(1, "subscribers", "add", "you@example.org", "nobody");

        Assert.False(Directory.Exists(Path.Join(_folder.Path, "data")));
    }

    [Fact]
    public async Task WhoWasRemovedComesBackOnlyWithAgain()
    {
        await RunAsync(0, "subscribers", "add", "you@example.org");
        Assert.Contains("is there already", (await RunAsync(0, "subscribers", "add", "YOU@example.org")).Out, StringComparison.Ordinal);
        Assert.Contains("is mailed no more", (await RunAsync(0, "subscribers", "remove", "You@example.org")).Out, StringComparison.Ordinal);
        Assert.Contains("had left already", (await RunAsync(0, "subscribers", "remove", "you@example.org")).Out, StringComparison.Ordinal);

        Assert.Contains("you@example.org has left and was not added", (await RunAsync(1, "subscribers", "add", "you@example.org")).Error, StringComparison.Ordinal);
        Assert.Contains("1 not brought back", (await ImportAsync(0, "address\nyou@example.org\n")).Out, StringComparison.Ordinal);
        Assert.Contains("0 active, 1 not", (await RunAsync(0, "subscribers", "list")).Out, StringComparison.Ordinal);

        await RunAsync(0, "subscribers", "add", "you@example.org", "--again", "--cadence", "daily");
        string list = (await RunAsync(0, "subscribers", "list")).Out;
        Assert.Contains("1 active, 0 not", list, StringComparison.Ordinal);
        Assert.Contains("daily", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoWasErasedIsForgottenAndNotImportedAgain()
    {
        await RunAsync(0, "subscribers", "add", "you@example.org", "--name", "You");
        Assert.Contains("is forgotten", (await RunAsync(0, "subscribers", "erase", "you@example.org")).Out, StringComparison.Ordinal);
        Assert.Contains("is not among the readers", (await RunAsync(1, "subscribers", "erase", "you@example.org")).Error, StringComparison.Ordinal);

        Assert.Contains("list.csv:2: you@example.org was erased", (await ImportAsync(0, "address\nyou@example.org\n")).Error, StringComparison.Ordinal);
        Assert.Contains("was erased at the reader's wish", (await RunAsync(1, "subscribers", "add", "you@example.org")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("@", (await RunAsync(0, "subscribers", "export")).Out, StringComparison.Ordinal);

        await RunAsync(0, "subscribers", "add", "you@example.org", "--again");
        Assert.Contains("1 active", (await RunAsync(0, "subscribers", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnImportTakesTheGoodLinesAndTellsTheBadOnes()
    {
        TestTerminal terminal = await ImportAsync(1, "email,cadence\na@example.org,daily\nb@example.org,never\nb\na@example.org\nc@example.org\n");

        Assert.Contains("2 added, 1 there already and left as they are, 0 not brought back, 2 wrong", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("list.csv:3: cadence is 'never'", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("list.csv:4: 'b' is no mail address", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AListThatIsNotUtf8IsToldAndNotGarbled()
    {
        await File.WriteAllBytesAsync(
            Path.Join(_folder.Path, "list.csv"), Encoding.Latin1.GetBytes("address,name\na@example.org,J\u00fcrgen\n"), TestContext.Current.CancellationToken);

        Assert.Contains("UTF-8", (await RunAsync(1, "subscribers", "import", "list.csv")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExportIsReadByAnotherImport()
    {
        await RunAsync(0, "subscribers", "add", "a@example.org", "--name", "=A, \"B\"", "--cadence", "monthly", "--topics", "C#,Go", "--time-zone", "Europe/Berlin");
        await RunAsync(0, "subscribers", "add", "b@example.org");
        await RunAsync(0, "subscribers", "remove", "b@example.org");
        string csv = (await RunAsync(0, "subscribers", "export")).Out;
        Assert.Contains("2 subscriptions", (await RunAsync(0, "subscribers", "export", "out.csv")).Out, StringComparison.Ordinal);
        Assert.Equal(csv, await File.ReadAllTextAsync(Path.Join(_folder.Path, "out.csv"), TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Join(_folder.Path, "out.csv")));
        }

        Assert.Contains("2 added", (await RunAsync(0, "subscribers", "import", "out.csv", "--data", "other")).Out, StringComparison.Ordinal);

        Assert.Equal(csv, (await RunAsync(0, "subscribers", "export", "--data", "other")).Out);
        Assert.Equal(
            "address,name,cadence,topics,time_zone,status\n"
            + "a@example.org,\"'=A, \"\"B\"\"\",monthly,\"C#, Go\",Europe/Berlin,active\n"
            + "b@example.org,,post,,,unsubscribed\n", csv);
    }

    private async Task<TestTerminal> ImportAsync(int code, string csv)
    {
        await File.WriteAllTextAsync(Path.Join(_folder.Path, "list.csv"), csv, TestContext.Current.CancellationToken);
        return await RunAsync(code, "subscribers", "import", "list.csv");
    }

    private async Task<TestTerminal> RunAsync(int code, params string[] arguments)
    {
        TestTerminal terminal = new(_folder.Path);
        int exit = await terminal.RunAsync(arguments);
        Assert.True(exit == code, $"exit code {exit}\n{terminal.Out}\n{terminal.Error}");
        return terminal;
    }
}
