using System.Text;
using Syndication.Tests.Support;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

public sealed class PickupTransportTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMailIsAFileWithItsBytes()
    {
        using TempFolder folder = new();
        string outbox = Path.Join(folder.Path, "data", "outbox");
        await using PickupTransport transport = new(outbox);

        SendOutcome outcome = await transport.SendAsync(Mail("a1@blog.example", ".dot\r\n"), Stop);

        Assert.Equal(SendResult.Sent, outcome.Result);
        Assert.Equal("Subject: x\r\n\r\n.dot\r\n", await File.ReadAllTextAsync(Path.Join(outbox, "a1@blog.example.eml"), Stop));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Join(outbox, "a1@blog.example.eml")));
        }
    }

    [Fact]
    public async Task AMailSentAgainReplacesItselfAndWhatACrashLeft()
    {
        using TempFolder folder = new();
        await using PickupTransport transport = new(folder.Path);
        await File.WriteAllTextAsync(Path.Join(folder.Path, ".a1@blog.example.eml.tmp"), "half of it and more than the whole", Stop);

        await transport.SendAsync(Mail("a1@blog.example", "one\r\n"), Stop);
        await transport.SendAsync(Mail("a1@blog.example", "one\r\n"), Stop);

        Assert.Equal([Path.Join(folder.Path, "a1@blog.example.eml")], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task ManyMailsAtOnceAllArrive()
    {
        using TempFolder folder = new();
        await using PickupTransport transport = new(folder.Path);

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(n => transport.SendAsync(Mail($"m{n}@blog.example", "x\r\n"), Stop)));

        Assert.All(outcomes, o => Assert.Equal(SendResult.Sent, o.Result));
        Assert.Equal(300, Directory.GetFiles(folder.Path, "*.eml").Length);
    }

    [Fact]
    public async Task AHostileMessageIdStaysInTheFolder()
    {
        using TempFolder folder = new();
        string outbox = Path.Join(folder.Path, "a", "b");
        await using PickupTransport transport = new(outbox);

        Assert.Equal(SendResult.Sent, (await transport.SendAsync(Mail("../../evil@blog.example", "x\r\n"), Stop)).Result);

        Assert.Equal(outbox, Path.GetDirectoryName(Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))));
    }

    [Fact]
    public async Task AFullDiskIsAboutUsAndLeavesNothing()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        using TempFolder folder = new();
        await using PickupTransport transport = new(folder.Path);
        File.CreateSymbolicLink(Path.Join(folder.Path, ".a1@blog.example.eml.tmp"), "/dev/full");

        SendOutcome outcome = await transport.SendAsync(Mail("a1@blog.example", "x\r\n"), Stop);

        Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, true), (outcome.Result, outcome.Scope, outcome.NeedsOperator));
        Assert.Contains("No space left", outcome.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsAboutUs()
    {
        using TempFolder folder = new();
        string file = Path.Join(folder.Path, "file");
        await File.WriteAllTextAsync(file, "", Stop);
        await using PickupTransport transport = new(Path.Join(file, "outbox"));

        SendOutcome outcome = await transport.SendAsync(Mail("a1@blog.example", "x\r\n"), Stop);

        Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, true), (outcome.Result, outcome.Scope, outcome.NeedsOperator));
    }

    [Fact]
    public async Task AStoppedMailIsGivenBack()
    {
        using TempFolder folder = new();
        await using PickupTransport transport = new(folder.Path);

        SendOutcome outcome = await transport.SendAsync(Mail("a1@blog.example", "x\r\n"), new CancellationToken(canceled: true));

        Assert.Equal((SendResult.Deferred, OutcomeScope.Transport, false), (outcome.Result, outcome.Scope, outcome.NeedsOperator));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static OutgoingMail Mail(string id, string body) =>
        new(id, "news@blog.example", "reader@example.org", Encoding.ASCII.GetBytes($"Subject: x\r\n\r\n{body}"));
}
