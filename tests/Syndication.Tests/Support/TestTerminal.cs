using System.Text;
using Microsoft.Extensions.Time.Testing;
using Syndication.Cli;

namespace Syndication.Tests.Support;

/// <summary>A caller of the program in a folder of its own, at a fixed time, in UTC; what is printed is kept, and may be read meanwhile.</summary>
internal sealed class TestTerminal(string currentFolder)
{
    private readonly StringBuilder _outText = new();
    private readonly StringBuilder _errorText = new();
    private readonly Lock _lock = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Whether somebody watches.</summary>
    public bool IsWatched { get; init; }

    public string Out => Text(_outText);

    public string Error => Text(_errorText);

    /// <summary>Runs a command line and gives its exit code.</summary>
    public Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args, new Terminal
    {
        Out = new LockedWriter(_outText, _lock),
        Error = new LockedWriter(_errorText, _lock),
        CurrentFolder = currentFolder,
        ProgramFolder = AppContext.BaseDirectory,
        Environment = [],
        Time = Time,
        IsWatched = IsWatched,
    });

    private string Text(StringBuilder text)
    {
        lock (_lock)
        {
            return text.ToString();
        }
    }

    private sealed class LockedWriter(StringBuilder text, Lock turn) : TextWriter
    {
        public override Encoding Encoding => Encoding.Unicode;

        public override void Write(char value)
        {
            lock (turn)
            {
                text.Append(value);
            }
        }
    }
}
