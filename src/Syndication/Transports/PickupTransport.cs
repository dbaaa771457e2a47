using System.Collections.Concurrent;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Transports;

/// <summary>
/// The outbox folder: each mail is a file whose name comes from its Message-ID, so that a mail sent again replaces itself. A mail
/// is written whole and flushed under another name, then renamed; what was said to be sent is on the disk. Mails that come while
/// others are written are written and flushed together.
/// </summary>
internal sealed class PickupTransport : ITransport
{
    /// <summary>A disk holds up whoever writes to it: this is done by threads of its own, one of which writes while another one's files are flushed.</summary>
    private const int Writers = 2;

    /// <summary>Written together, at most.</summary>
    private const int Group = 64;

    /// <summary>Fewer are flushed one by one, and so do not wait for what others write to the disk.</summary>
    private const int Many = 8;

    private readonly string _folder;
    private readonly FolderSync _sync;
    private readonly BlockingCollection<Writing> _waiting = [];
    private readonly Lazy<Thread[]> _writers;

    /// <param name="folder">Absolute path; made with the first mail.</param>
    public PickupTransport(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _sync = new FolderSync(_folder);
        _writers = new Lazy<Thread[]>(StartWriters);
    }

    public string Name => "the outbox folder";

    public int Connections => Writers * Group;

    public Task<SendOutcome> SendAsync(OutgoingMail mail, CancellationToken stop)
    {
        Writing writing = new(mail, Path.Join(_folder, OutboxName.Of(mail.MessageId)), stop);
        _waiting.Add(writing, CancellationToken.None);
        _ = _writers.Value;
        return writing.Outcome.Task;
    }

    /// <summary>Waits for the mails that are under way.</summary>
    public ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        foreach (Thread writer in _writers.IsValueCreated ? _writers.Value : [])
        {
            writer.Join();
        }

        _waiting.Dispose();
        return ValueTask.CompletedTask;
    }

    private Thread[] StartWriters() => [.. Enumerable.Range(0, Writers).Select(_ =>
    {
        Thread writer = new(WriteAll) { IsBackground = true, Name = "outbox" };
        writer.Start();
        return writer;
    })];

    private void WriteAll()
    {
        foreach (Writing first in _waiting.GetConsumingEnumerable())
        {
            List<Writing> group = [first];
            while (group.Count < Group && _waiting.TryTake(out Writing? next))
            {
                group.Add(next);
            }

            try
            {
                Write(group);
            }
            catch (Exception e)
            {
                group.ForEach(w => w.Fail(e));
            }
        }
    }

    private void Write(List<Writing> group)
    {
        MakeFolder();
        using VolumeSync? volume = group.Count >= Many ? VolumeSync.TryOpen(_folder) : null;
        group.RemoveAll(w => !w.Try(() => Write(w, flush: volume is null)));
        volume?.Flush();
        group.RemoveAll(w => !w.Try(() => File.Move(w.Temporary, w.File, overwrite: true)));
        if (group.Count > 0)
        {
            _ = KeepAsync(group);
        }
    }

    private async Task KeepAsync(List<Writing> group)
    {
        try
        {
            await _sync.WaitAsync();
            group.ForEach(w => w.Succeed());
        }
        catch (Exception e)
        {
            group.ForEach(w => w.Fail(e));
        }
    }

    /// <summary>Mail holds addresses and links that act for their owners: it is for nobody else to read.</summary>
    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void Write(Writing writing, bool flush)
    {
        writing.Stop.ThrowIfCancellationRequested();
        FileStreamOptions create = new() { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(writing.Temporary, create);
        file.Write(writing.Mail.Message.Span);
        if (flush)
        {
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
    }

    /// <summary>A mail that is to be written.</summary>
    private sealed record Writing(OutgoingMail Mail, string File, CancellationToken Stop)
    {
        /// <summary>Always the same, so that what a crash left is replaced as well. Mail programs skip names with a dot in front.</summary>
        public string Temporary { get; } = Path.Join(Path.GetDirectoryName(File), $".{Path.GetFileName(File)}.tmp");

        public TaskCompletionSource<SendOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Does a part of it; where that fails, it has failed.</summary>
        public bool Try(Action part)
        {
            try
            {
                part();
                return true;
            }
            catch (Exception e)
            {
                Fail(e);
                return false;
            }
        }

        public void Succeed() =>
            Outcome.TrySetResult(new SendOutcome(SendResult.Sent, OutcomeScope.Recipient, null, null, $"written to {Path.GetFileName(File)}"));

        public void Fail(Exception e)
        {
            TryDelete(Temporary);
            switch (e)
            {
                case OperationCanceledException:
                    Outcome.TrySetResult(new SendOutcome(SendResult.Deferred, OutcomeScope.Transport, null, null, "stopped"));
                    break;
                case IOException or UnauthorizedAccessException:
                    Outcome.TrySetResult(
                        new SendOutcome(SendResult.Deferred, OutcomeScope.Transport, null, null, OneLine.Of($"the outbox folder: {e.Message}")) { NeedsOperator = true });
                    break;
                default:
                    Outcome.TrySetException(e);
                    break;
            }
        }

        private static void TryDelete(string path)
        {
            try
            {
                System.IO.File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next mail of this name replaces it.
            }
        }
    }
}
