using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Feeds;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>
/// Gives posts the ids by which readers know them from the feed of another program, so that none is new to them. What our own feeds
/// may have told readers is changed only on demand, and nothing at all while `serve` runs, which has its ids in memory.
/// </summary>
internal static class ImportIdsCommand
{
    /// <summary>How many of a kind are named.</summary>
    private const int Shown = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="run">The call.</param>
    /// <param name="source">A file, or an address, http or https.</param>
    /// <param name="force">Also posts that the database knows by other ids.</param>
    /// <param name="stop">Cancels.</param>
    public static async Task<int> RunAsync(Invocation run, string source, bool force, CancellationToken stop)
    {
        Terminal terminal = run.Terminal;
        if (await ReadAsync(terminal, source, stop) is not ImmutableArray<EarlierEntry> entries)
        {
            return ExitCodes.WrongSetting;
        }

        await using PostsNow? posts = await PostsNow.ReadAsync(run, DatabaseUse.Serve, containing: null, stop);
        if (posts is null || !await SiteMemory.TakesAsync(run, posts.Library.Site, posts.Database!, stop))
        {
            return ExitCodes.WrongSetting;
        }

        Database database = posts.Database!;
        await using InstanceHold? alone = await database.TryTakeInstanceAsync(stop);
        ImmutableArray<KnownPost> known = await new PostStore(database).LoadAsync(stop);
        IdImport import = IdImport.Plan(
            entries, posts.Library.Site.Url, [.. posts.Catalog.Published, .. posts.Catalog.Unpublished], known, posts.Builder.Unsaved);
        IReadOnlySet<string> mailed = await new PostIdStore(database).ReleasedAsync([.. import.Changed.Select(change => change.Post.Id)], stop);
        ImmutableArray<IdChange> stay = [.. import.Changed.Where(change => mailed.Contains(change.Post.Id))];
        ImmutableArray<IdChange> changed = [.. import.Changed.Except(stay)];
        ImmutableArray<IdChange> done = force ? [.. import.Kept, .. changed] : import.Kept;
        if (alone is null && done.Length > 0)
        {
            terminal.PrintError($"{database.Name}: `serve` is running on it; stop it, call this again, and start it: {Counted.Of(done.Length, "id")} would be kept");
            return ExitCodes.OutsideFailed;
        }

        await WriteAsync(database, done, stop);
        Tell(terminal, source, import, done, stay);
        if (changed.Length > 0 && !force)
        {
            terminal.PrintError($"{Counted.Of(changed.Length, "post")} may be known to readers by other ids from our own feeds, and {(changed.Length == 1 ? "stays" : "stay")} as before"
                + $": {Named(changed.Select(c => c.Post.Path))}; with --force they get those of {source}, and whoever reads our feeds already gets them as new");
        }

        terminal.PrintLine($"Kept in {database.Name}; `serve` and `build` with this data folder go by it.");
        return (changed.Length > 0 && !force) || stay.Length > 0 || import.Refused.Length > 0 ? ExitCodes.WrongSetting : ExitCodes.Done;
    }

    /// <summary>All or nothing, in the feeds and in what the newsletter has seen.</summary>
    private static Task<int> WriteAsync(Database database, ImmutableArray<IdChange> changes, CancellationToken stop) => database.WriteAsync(
        async transaction =>
        {
            await new PostIdStore(database).RenameAsync(transaction, changes.ToDictionary(c => c.Post.Id, c => c.Row.Id, StringComparer.Ordinal), stop);
            await new PostStore(database).ReplaceAsync(transaction, [.. changes.Select(c => c.Post.Id)], [.. changes.Select(c => c.Row)], stop);
            return changes.Length;
        },
        stop);

    private static void Tell(Terminal terminal, string source, IdImport import, ImmutableArray<IdChange> done, ImmutableArray<IdChange> stay)
    {
        terminal.PrintLine($"{Counted.Of(done.Length, "id")} of {source} kept, {import.AlreadySo} as they were already, {import.WithoutPost.Length} without a post");
        if (!import.WithoutPost.IsEmpty)
        {
            terminal.PrintLine($"Without a post: {Named(import.WithoutPost.Select(entry => entry.Name))}");
        }

        terminal.Print(import.Refused.Take(Shown).Select(refused => Problem.Error(
            source, null, $"{refused.Entry.Name} {refused.Why}, so its id {refused.Entry.Id} is not kept", "one id for each post")));
        terminal.Print(stay.Take(Shown).Select(change => Problem.Error(
            change.Post.Path, null, $"was mailed by the id {change.Post.Id}, which stays")));
        if (done.Where(change => !Uri.TryCreate(change.Row.Id, UriKind.Absolute, out _)).Select(change => change.Row.Id).ToArray() is { Length: > 0 } plain)
        {
            terminal.Print([Problem.Warning(source, null, $"{Counted.Of(plain.Length, "id")} kept, such as {plain[0]}, stand as they are in Atom, too, where validators want addresses")]);
        }
    }

    private static string Named(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(Shown)) + (all.Length > Shown ? $" and {all.Length - Shown} more" : "");
    }

    /// <summary>The entries of the feed; null when there are none to be had, which is then told.</summary>
    private static async Task<ImmutableArray<EarlierEntry>?> ReadAsync(Terminal terminal, string source, CancellationToken stop)
    {
        try
        {
            bool isAddress = source.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
            byte[]? bytes = isAddress ? await FetchAsync(source, stop) : ReadFile(terminal, source);
            if (bytes is not null)
            {
                return EarlierFeed.Read(bytes);
            }
        }
        catch (DataFormatException e)
        {
            terminal.Print([Problem.Error(source, e.Line, e.Message, EarlierFeed.Expected)]);
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException || (e is TaskCanceledException && !stop.IsCancellationRequested))
        {
            terminal.PrintError($"{source} cannot be fetched: {e.Message}");
        }

        return null;
    }

    private static async Task<byte[]> FetchAsync(string address, CancellationToken stop)
    {
        using HttpClient http = new() { Timeout = Patience, MaxResponseContentBufferSize = EarlierFeed.MaxBytes };
        return await http.GetByteArrayAsync(new Uri(address), stop);
    }

    private static byte[]? ReadFile(Terminal terminal, string source)
    {
        FileInfo file = new(Path.GetFullPath(source, terminal.CurrentFolder));
        if (!file.Exists || file.Length > EarlierFeed.MaxBytes)
        {
            terminal.PrintError(file.Exists ? $"'{source}' is larger than {EarlierFeed.MaxBytes} bytes" : $"there is no file '{source}'");
            return null;
        }

        return File.ReadAllBytes(file.FullName);
    }
}
