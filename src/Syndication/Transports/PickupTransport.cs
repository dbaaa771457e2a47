using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Transports;

/// <summary>
/// The outbox folder: each mail is a file whose name comes from its Message-ID, so that a mail sent again replaces itself. A mail
/// is written whole and flushed under another name, then renamed; what was said to be sent is on the disk.
/// </summary>
internal sealed class PickupTransport : ITransport
{
    private readonly string _folder;
    private readonly FolderSync _sync;

    /// <param name="folder">Absolute path; made with the first mail.</param>
    public PickupTransport(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _sync = new FolderSync(_folder);
    }

    public string Name => "the outbox folder";

    /// <summary>So many share one flush of the folder.</summary>
    public int Connections => 32;

    public async Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop)
    {
        string name = OutboxName.Of(mail.MessageId);

        // Always the same name, so that what a crash left is replaced as well. Mail programs skip names with a dot in front.
        string temporary = Path.Join(_folder, $".{name}.tmp");
        try
        {
            await WriteAsync(temporary, mail.Message, stop);
            File.Move(temporary, Path.Join(_folder, name), overwrite: true);
            await _sync.WaitAsync();
            return new SendOutcome(SendResult.Sent, OutcomeScope.Recipient, null, null, $"written to {name}");
        }
        catch (OperationCanceledException)
        {
            TryDelete(temporary);
            return new SendOutcome(SendResult.Deferred, OutcomeScope.Transport, null, null, "stopped");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            return new SendOutcome(SendResult.Deferred, OutcomeScope.Transport, null, null, OneLine.Of($"the outbox folder: {e.Message}")) { NeedsOperator = true };
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Mail holds addresses and links that act for their owners: it is for nobody else to read.</summary>
    private async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        FileStreamOptions create = new() { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using FileStream file = new(path, create);
        await file.WriteAsync(bytes, stop);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next mail of this name replaces it.
        }
    }
}
