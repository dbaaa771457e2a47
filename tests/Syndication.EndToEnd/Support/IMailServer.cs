namespace Syndication.EndToEnd.Support;

/// <summary>A mail server for tests, on loopback.</summary>
internal interface IMailServer : IAsyncDisposable
{
    public int Port { get; }

    /// <summary>What it has taken so far; a mail may be told a moment after the client had its answer.</summary>
    public IReadOnlyList<TakenMail> Mails { get; }

    /// <summary>How many connections it had until the last of <see cref="Mails"/>, at least.</summary>
    public int Connections { get; }

    /// <summary>What it has taken, once that is so many or more.</summary>
    public async Task<IReadOnlyList<TakenMail>> MailsAsync(int count)
    {
        await Eventually.IsAsync(() => Mails.Count >= count, () => $"{count} mails; there are {Mails.Count}");
        return Mails;
    }

    /// <summary>Ends when the server says nothing to this command any more ("silent").</summary>
    public Task ReachedAsync(string command);
}
