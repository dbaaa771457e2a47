namespace Syndication.EndToEnd.Support;

/// <summary>A mail server for tests, on loopback.</summary>
internal interface IMailServer : IAsyncDisposable
{
    public int Port { get; }

    /// <summary>What it has taken so far.</summary>
    public IReadOnlyList<TakenMail> Mails { get; }

    /// <summary>How many connections it has had so far.</summary>
    public int Connections { get; }

    /// <summary>Ends when the server says nothing to this command any more ("silent").</summary>
    public Task ReachedAsync(string command);
}
