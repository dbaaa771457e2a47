using Syndication.Site;

namespace Syndication.Cli;

/// <summary>What a command meets of the world around it: where it prints, where it was called, what time it is.</summary>
internal sealed record Terminal
{
    /// <summary>Less than a usual terminal is wide: a longer line would not be written over.</summary>
    private const int LongestProgress = 79;

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>The caller's folder, absolute.</summary>
    public required string CurrentFolder { get; init; }

    /// <summary>The folder with the program, its appsettings.json, templates and sample posts, absolute.</summary>
    public required string ProgramFolder { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Whether somebody watches: then long work shows how far it is.</summary>
    public bool IsWatched { get; init; }

    public static Terminal Real() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        CurrentFolder = System.Environment.CurrentDirectory,
        ProgramFolder = AppContext.BaseDirectory,
        Environment = [.. System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value ?? ""))],
        Time = TimeProvider.System,
        IsWatched = !Console.IsOutputRedirected && !Console.IsErrorRedirected,
    };

    public void Print(IEnumerable<Problem> problems)
    {
        foreach (Problem problem in problems)
        {
            Error.WriteLine($"{(problem.Severity == Severity.Error ? "error" : "warning")}: {problem}");
        }
    }

    public void PrintLine(string line) => Out.WriteLine(OneLine.Of(line));

    /// <summary>Writes text as it is, without a line end.</summary>
    public void PrintText(string text) => Out.Write(text);

    public void PrintHint(string line) => Error.WriteLine(OneLine.Of(line));

    /// <summary>Shows how far long work is, over what was shown before; empty clears the line.</summary>
    public void PrintProgress(string text)
    {
        if (IsWatched)
        {
            Error.Write($"\r{OneLine.Of(text).PadRight(LongestProgress)[..LongestProgress]}\r");
        }
    }

    public void PrintError(string what) => Error.WriteLine($"error: {OneLine.Of(what)}");

    /// <summary>Whether there is a folder for a file that the caller wants written; told when not.</summary>
    public bool HasFolderOf(string file)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(file, CurrentFolder));
        bool isThere = folder is null || Directory.Exists(folder);
        if (!isThere)
        {
            PrintError($"'{file}' cannot be written: there is no folder {Shown(folder!)}");
        }

        return isThere;
    }

    /// <summary>A path as the caller would write it: relative when it lies in the caller's folder.</summary>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(CurrentFolder, path);
        return relative == "." ? "." : relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? path : relative;
    }
}
