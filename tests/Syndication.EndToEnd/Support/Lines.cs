namespace Syndication.EndToEnd.Support;

/// <summary>The lines that a process has printed so far. Safe for any number of threads.</summary>
internal sealed class Lines
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public string Text => string.Join('\n', All);

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }
}
