using System.Text;
using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Cli;

/// <summary>What the operator does with an edition that is under way: pause, resume, cancel, send again.</summary>
public sealed class EditionsControlCommandsTests : MailSite
{
    [Fact]
    public async Task APausedEditionIsNotSentUntilItIsResumed()
    {
        await PrepareAsync("a@example.org");
        await ServedAsync("editions", "send", "old");

        Assert.Contains("Edition 2 is paused", (await RunAsync(0, "editions", "pause", "2")).Out, StringComparison.Ordinal);
        await RunAsync(0, "editions", "send", "other");
        Assert.Single(Mails());
        string list = (await RunAsync(0, "editions", "list")).Out;
        Assert.Contains("paused     1 = 0 sent + 0 failed + 0 cancelled + 1 waiting", list, StringComparison.Ordinal);
        Assert.Contains("under way: 0 of 1, paused until `editions resume`", (await RunAsync(0, "editions", "show", "2")).Out, StringComparison.Ordinal);

        Assert.Contains("Edition 2 goes on", (await RunAsync(0, "editions", "resume", "2")).Out, StringComparison.Ordinal);
        Assert.Contains("under way: 0 of 1, nothing was sent in the last minutes", (await RunAsync(0, "editions", "show", "2")).Out, StringComparison.Ordinal);
        await RunAsync(0, "editions", "send", "third");
        Assert.Equal(3, Mails().Length);
        Assert.Contains("edition 2 is done", (await RunAsync(1, "editions", "pause", "2")).Error, StringComparison.Ordinal);
        Assert.Contains("edition 2 is done", (await RunAsync(1, "editions", "resume", "2")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("under way", (await RunAsync(0, "editions", "show", "2")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACancelledEditionIsNotSentAndItsPostsComeWithTheNextUnlessTheyAreDropped(bool drop)
    {
        await PrepareAsync("a@example.org");
        await ServedAsync("editions", "send", "old");
        string[] cancel = drop ? ["editions", "cancel", "2", "--drop"] : ["editions", "cancel", "2"];

        string said = (await RunAsync(0, cancel)).Out;

        Assert.Contains(
            drop ? "Edition 2 is cancelled; its posts are not mailed" : "Edition 2 is cancelled; who has not got its posts gets them with the next one", said, StringComparison.Ordinal);
        Assert.Contains("edition 2 was cancelled before", (await RunAsync(1, cancel)).Error, StringComparison.Ordinal);
        Assert.Contains("edition 2 was cancelled before", (await RunAsync(1, "editions", "pause", "2")).Error, StringComparison.Ordinal);
        await RunAsync(0, "editions", "send", "other");
        Assert.Equal(!drop, Text(Assert.Single(Mails())).Contains("Text of Old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CancellingAgainEndsWhatACommandThatWasStoppedLeft()
    {
        await PrepareAsync("a@example.org");
        await ServedAsync("editions", "send", "old");
        await RunAsync(0, "editions", "pause", "2");
        await RunAsync(0, "editions", "send", "other");
        await ExecuteAsync("update editions set status = 3 where id = 2");
        Assert.Contains("under way: 0 of 1, cancelled; 1 on the wire or to be cancelled", (await RunAsync(0, "editions", "show", "2")).Out, StringComparison.Ordinal);

        Assert.Contains("Edition 2 is cancelled; who has not got its posts", (await RunAsync(0, "editions", "cancel", "2")).Out, StringComparison.Ordinal);

        Assert.Contains("1 = 0 sent + 0 failed + 1 cancelled + 0 waiting", (await RunAsync(0, "editions", "list")).Out, StringComparison.Ordinal);
        Assert.Contains("edition 2 was cancelled before", (await RunAsync(1, "editions", "cancel", "2")).Error, StringComparison.Ordinal);
        await RunAsync(0, "editions", "send", "third");
        Assert.Contains(Mails(), m => Text(m).Contains("Text of Old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhoseMailFailedGetsItAgainAndNobodyTwice()
    {
        await PrepareAsync("a@example.org", "b@example.org");
        await RunAsync(0, "editions", "send", "old");
        await FailOneAsync();
        ClearOutbox();
        string shown = (await RunAsync(0, "editions", "show", "2")).Out;
        Assert.Contains("2 = 1 sent + 1 failed + 0 cancelled + 0 waiting", shown, StringComparison.Ordinal);
        Assert.Contains("1 failed: 550 no such user", shown, StringComparison.Ordinal);

        Assert.Contains("Nobody is left whom edition 2 could be sent again to", (await RunAsync(0, "editions", "resend", "2", "--missed")).Out, StringComparison.Ordinal);
        string again = (await RunAsync(0, "editions", "resend", "2", "--failed")).Out;

        Assert.Contains("Edition 2 goes again to 1 reader who did not get it", again, StringComparison.Ordinal);
        Assert.Contains("2 = 2 sent + 0 failed", again, StringComparison.Ordinal);
        Assert.Single(Mails());
        Assert.Contains("Nobody is left", (await RunAsync(0, "editions", "resend", "2")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BesideAServeThatSendsItAgain()
    {
        await PrepareAsync("a@example.org");
        await RunAsync(0, "editions", "send", "old");
        await FailOneAsync();
        ClearOutbox();

        string again = (await ServedAsync("editions", "resend", "2")).Out;

        Assert.Contains("Edition 2 goes again to 1 reader", again, StringComparison.Ordinal);
        Assert.Contains("Edition 2 is sent by the running serve in a moment", again, StringComparison.Ordinal);
        Assert.Empty(Mails());
        Assert.Contains("1 = 0 sent + 0 failed + 0 cancelled + 1 waiting", (await RunAsync(0, "editions", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoMissedACancelledEditionGetsItAgain()
    {
        await PrepareAsync("a@example.org", "b@example.org");
        await ServedAsync("editions", "send", "old");
        await RunAsync(0, "editions", "pause", "2");
        await RunAsync(0, "editions", "send", "other");
        await RunAsync(0, "editions", "cancel", "2");
        ClearOutbox();

        Assert.Contains("edition 2 was cancelled; with --missed it goes to all", (await RunAsync(1, "editions", "resend", "2", "--failed")).Error, StringComparison.Ordinal);
        await RunAsync(0, "editions", "resend", "2", "--missed");
        Assert.Empty(Mails());
        await RunAsync(0, "editions", "resume", "2");
        await RunAsync(0, "editions", "send", "third");

        Assert.Contains("2 = 2 sent + 0 failed + 0 cancelled", (await RunAsync(0, "editions", "show", "2")).Out, StringComparison.Ordinal);
        Assert.Equal(2, Mails().Count(m => Text(m).Contains("Text of Old", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("there is no edition 9", "editions", "resend", "9")]
    [InlineData("there is no edition 9", "editions", "pause", "9")]
    [InlineData("there is no edition 9", "editions", "cancel", "9")]
    [InlineData("there is no edition 9", "editions", "show", "9", "--follow")]
    [InlineData("--test: ", "editions", "send", "old", "--test", "nobody")]
    [InlineData("there is no post 'nothing'", "editions", "send", "nothing", "--test", "me@example.org")]
    public async Task WhatCannotBeDoneIsToldInALine(string message, params string[] arguments)
    {
        await PrepareAsync("a@example.org");

        string said = (await RunAsync(1, arguments)).Error;

        Assert.StartsWith("error: ", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ATestGoesToOneAddressAndNothingIsKeptOfIt()
    {
        await PrepareAsync("a@example.org");
        Post("draft.md", "Draft", "draft: true");

        Assert.Contains("A test of 'Draft' was sent to me@example.org by ", (await RunAsync(0, "editions", "send", "draft", "--test", "me@example.org")).Out, StringComparison.Ordinal);
        Assert.Contains("To: me@example.org\r\n", Text(Assert.Single(Mails())), StringComparison.Ordinal);
        await ServedAsync("editions", "send", "old", "--test", "me@example.org");
        Assert.Contains(
            "A test of the weekly digest was sent", (await RunAsync(0, "editions", "send", "--digest", "weekly", "--test", "me@example.org")).Out, StringComparison.Ordinal);

        Assert.Equal(3, Mails().Length);
        Assert.All(Mails(), m => Assert.Contains("To: me@example.org\r\n", Text(m), StringComparison.Ordinal));
        Assert.Equal(2, (await RunAsync(0, "editions", "list")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("1 = 1 sent", (await RunAsync(0, "editions", "send", "old")).Out, StringComparison.Ordinal);
        Assert.Contains("no limit counts it", (await CallAsync(0, ["editions", "send", "--help"])).Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    /// <summary>Posts whose ids are kept, readers since half an hour, and the first edition behind them.</summary>
    private async Task PrepareAsync(params string[] readers)
    {
        Post("first.md", "First");
        Post("old.md", "Old");
        Post("other.md", "Other");
        Post("third.md", "Third");
        await RunAsync(0, ["subscribers", "add", .. readers]);
        await RunAsync(0, "editions", "send", "first");
        ClearOutbox();
    }

    /// <summary>Calls a command while another process has the instance, as a serve does, which sends nothing yet.</summary>
    private async Task<TestTerminal> ServedAsync(params string[] arguments)
    {
        await using Database database = await Database.OpenAsync(
            new StorageOptions { Data = At("data") }, DatabaseUse.Existing, TimeProvider.System, TestContext.Current.CancellationToken);
        await using IAsyncDisposable? instance = await database.TryTakeInstanceAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(instance);
        return await RunAsync(0, arguments);
    }

    private Task FailOneAsync() =>
        ExecuteAsync("update deliveries set status = 5, reply = '550 no such user' where id = (select min(id) from deliveries where edition = 2)");

    private void ClearOutbox() => Array.ForEach(Mails(), File.Delete);

    private static string Text(string mail) => Encoding.ASCII.GetString(File.ReadAllBytes(mail));
}
