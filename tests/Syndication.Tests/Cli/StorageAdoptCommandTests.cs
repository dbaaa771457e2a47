using Syndication.Tests.Support;

namespace Syndication.Tests.Cli;

public sealed class StorageAdoptCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "expected either --skip or --resend", "storage", "adopt")]
    [InlineData(2, "expected either --skip or --resend", "storage", "adopt", "--skip", "--resend")]
    [InlineData(3, "there is no database", "storage", "adopt", "--skip")]
    public async Task WhatIsWrongIsToldInALineWithItsExitCode(int code, string message, params string[] arguments)
    {
        TestTerminal terminal = new(_folder.Path);

        Assert.Equal(code, await terminal.RunAsync(arguments));
        Assert.StartsWith("error: ", terminal.Error, StringComparison.Ordinal);
        Assert.Contains(message, terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereNothingIsHeldThereIsNothingToAdopt()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "posts"));
        Assert.Equal(0, await new TestTerminal(_folder.Path).RunAsync("subscribers", "add", "you@example.org"));
        TestTerminal terminal = new(_folder.Path);

        Assert.Equal(1, await terminal.RunAsync("storage", "adopt", "--skip"));
        Assert.Contains("sending is not held, so there is nothing to adopt", terminal.Error, StringComparison.Ordinal);
    }
}
