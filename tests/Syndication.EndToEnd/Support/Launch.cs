namespace Syndication.EndToEnd.Support;

/// <summary>How the program is to be started.</summary>
internal sealed record Launch
{
    /// <summary>The folder of the caller, absolute.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Variables over those of the tests, of which none that begins with SYNDICATION_ is passed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The beginning of a command line that starts the rest of it in other circumstances; see <see cref="Machine"/>.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];
}
