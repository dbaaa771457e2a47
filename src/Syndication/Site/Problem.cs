namespace Syndication.Site;

/// <summary>How much a <see cref="Problem"/> costs: a warning costs a detail, an error costs the thing it names.</summary>
internal enum Severity
{
    Warning,
    Error,
}

/// <summary>One thing that is wrong with what a person wrote, in one line: where, what, and what was expected.</summary>
/// <param name="Severity">Whether the thing named is still used.</param>
/// <param name="Source">The file (relative to the site where it lies in the site), the setting's source, or the command line.</param>
/// <param name="Line">The line in that file, counted from 1, where it is known.</param>
/// <param name="What">What is wrong, with the value found.</param>
/// <param name="Expected">What would have been right, where that is not plain from <paramref name="What"/>.</param>
internal sealed record Problem(Severity Severity, string Source, int? Line, string What, string? Expected = null)
{
    public static Problem Error(string source, int? line, string what, string? expected = null) =>
        new(Severity.Error, source, line, what, expected);

    public static Problem Warning(string source, int? line, string what, string? expected = null) =>
        new(Severity.Warning, source, line, what, expected);

    /// <summary>The problem as one line; control characters of hostile names and values are shown as escapes.</summary>
    public override string ToString()
    {
        string line = Line is int number ? $":{number}" : "";
        string expected = Expected is null ? "" : $"; expected {Expected}";
        return OneLine.Of($"{Source}{line}: {What}{expected}");
    }
}
