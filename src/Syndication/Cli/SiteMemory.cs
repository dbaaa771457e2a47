using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>The database remembers its site: another one's posts must not be read into it.</summary>
internal static class SiteMemory
{
    /// <summary>What is remembered of a site; null for the samples, which anybody's posts may follow.</summary>
    public static RememberedSite? Of(Invocation run, SiteDefinition site) => run.ShowsSamples
        ? null
        : new RememberedSite(site.Root, site.HasUrl && !site.Url.IsLoopback ? site.Url.AbsoluteUri : null);

    /// <summary>Remembers the site, unless the database has another: then nothing is changed, and the error is printed.</summary>
    public static async Task<bool> TakesAsync(Invocation run, SiteDefinition site, Database database, CancellationToken stop)
    {
        InstanceStore store = new(database);
        RememberedSite? known = (await store.LoadAsync(stop)).Site;
        if (Of(run, site) is not RememberedSite asked || asked == known)
        {
            return true;
        }

        if (known is not null && !known.Shares(asked))
        {
            ImmutableArray<KnownPost> posts = [.. (await new PostStore(database).LoadAsync(stop)).Where(p => p.IsPresent)];
            if (known.IsAnotherThan(asked, posts.Length, posts.Count(p => File.Exists(Path.Join(asked.Folder, p.Path)))))
            {
                run.Terminal.PrintError(
                    $"{database.Name} holds the site {Shown(known)}, and {Shown(asked)} is another one; give it a data folder of its own with --data, "
                    + "or, if it has taken that one's place, call `storage adopt` with the same options");
                return false;
            }
        }

        await store.RememberAsync(asked with { Url = asked.Url ?? known?.Url }, stop);
        return true;
    }

    private static string Shown(RememberedSite site) => site.Url is null ? site.Folder : $"{site.Url} ({site.Folder})";
}
