using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>
/// Writes a log entry as one line: time, how grave, what. A failure of the world outside is told by its message; a stack trace
/// follows only what is the program's own fault.
/// </summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    /// <summary>How .NET logs that a part did not start, with its stack; the command that started it says the same in its own words.</summary>
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";
    private const int StartFailed = 11;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (logEntry.Category == HostCategory && logEntry.EventId.Id == StartFailed)
        {
            return;
        }

        string level = logEntry.LogLevel switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warning",
            _ => "error",
        };
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.WriteLine($"{time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {level}: {OneLine.Of(message)}");
        if (logEntry.Exception is Exception e and not (StorageException or IOException or UnauthorizedAccessException))
        {
            textWriter.WriteLine(e);
        }
    }
}
