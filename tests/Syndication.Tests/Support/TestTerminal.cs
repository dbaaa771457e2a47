using System.Text;
using Microsoft.Extensions.Time.Testing;
using Syndication.Cli;

namespace Syndication.Tests.Support;

/// <summary>A caller of the program in a folder of its own, at a fixed time, in UTC; what is printed is kept.</summary>
internal sealed class TestTerminal(string currentFolder)
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    /// <summary>Runs a command line and gives its exit code.</summary>
    public Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args, new Terminal
    {
        Out = new StringWriter(_out),
        Error = new StringWriter(_error),
        CurrentFolder = currentFolder,
        ProgramFolder = AppContext.BaseDirectory,
        Environment = [],
        Time = Time,
    });
}
