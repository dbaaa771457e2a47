using System.Data.Common;

namespace Syndication.Storage;

/// <summary>
/// Says whether this database may mail, and keeps the instance file up with it. Nothing is mailed while the file speaks against the
/// database; then each look asks again, since `storage adopt` may run beside. Looks by one thread at a time; the reason by any.
/// </summary>
internal sealed class InstanceWatch(Database database, string folder)
{
    private readonly InstanceStore _store = new(database);
    private readonly InstanceFile _file = new(folder);
    private readonly InstancePlace _here = InstancePlace.Of(folder);
    private volatile string? _heldBecause = $"{database.Name} has not been looked at";
    private InstanceRecord? _written;

    /// <summary>Why nothing may be mailed, as of the last look; null when mail may go.</summary>
    public string? HeldBecause => _heldBecause;

    /// <summary>What keeps others from mailing from it; null = this process has not taken it. Set before anything is sent.</summary>
    public InstanceHold? Hold { get; set; }

    /// <summary>Whether no other process mails from it.</summary>
    public Task<bool> IsAloneAsync(CancellationToken stop) => Hold?.LookAsync(stop) ?? Task.FromResult(false);

    /// <summary>What a command, which does not write the file, finds.</summary>
    public async Task<string?> ReadAsync(CancellationToken stop) => Judge(await _store.LoadAsync(stop));

    /// <summary>Judges until mail may go; from then on writes the file when the database has moved on, after it has.</summary>
    /// <returns>As <see cref="HeldBecause"/>.</returns>
    public async Task<string?> LookAsync(CancellationToken stop)
    {
        InstanceRow row = await _store.LoadAsync(stop);
        string? reason = _written is null ? Judge(row) : null;
        if (reason is null)
        {
            Write(new InstanceRecord(row.Id, row.Turn, _here));
        }

        return _heldBecause = reason;
    }

    /// <summary>Makes a database, held or not, the one that mails from here.</summary>
    /// <param name="work">What is done with its mail, in the same transaction.</param>
    /// <param name="site">See <see cref="InstanceStore.AdoptAsync"/>.</param>
    /// <param name="stop">Cancels.</param>
    public async Task<T> AdoptAsync<T>(Func<DbTransaction, Task<T>> work, RememberedSite? site, CancellationToken stop)
    {
        long seen = _file.Read()?.Turn ?? 0;
        (T result, InstanceRow row) = await database.WriteAsync(
            async transaction => (await work(transaction), await InstanceStore.AdoptAsync(transaction, seen, site, stop)), stop);

        // A crash before this leaves the file with another id, and so sending held.
        Write(new InstanceRecord(row.Id, row.Turn, _here));
        return result;
    }

    private string? Judge(InstanceRow row)
    {
        InstanceRecord? file = _file.Read();
        return InstanceRule.Reason(InstanceRule.Judge(file, row, _here), file, database.Name, _file.Path);
    }

    private void Write(InstanceRecord record)
    {
        if (record != _written)
        {
            _file.Write(record);
            _written = record;
        }
    }
}
