using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>
/// Mails a post or a digest now. It writes rows, which a running serve sends; where none runs, the command takes the instance and
/// sends them itself until nothing is due any more.
/// </summary>
internal static class EditionsSendCommand
{
    public static Task<int> PostAsync(Invocation run, string name, CancellationToken stop) => RunAsync(
        run,
        async (posts, newsletter, served) =>
        {
            if (Find(run.Terminal, posts, newsletter, name, served) is not Post post)
            {
                return null;
            }

            if (!served)
            {
                await KeepIdentitiesAsync(posts, post, newsletter, stop);
            }

            Sending sending = await Sender(posts.Database!).PostAsync(newsletter, post, posts.At, stop);
            await TellAsync(run.Terminal, posts, newsletter, post, sending, stop);
            return sending;
        },
        stop);

    public static Task<int> DigestAsync(Invocation run, Cadence cadence, CancellationToken stop) => RunAsync(
        run,
        async (posts, newsletter, _) =>
        {
            Sending sending = await Sender(posts.Database!).DigestAsync(newsletter, cadence, posts.Catalog.Site.TimeZone, posts.At, stop);
            if (sending.Result == SendingResult.Nothing)
            {
                long readers = await new SubscriptionStore(posts.Database!).CountAsync(newsletter.Name, cadence, stop);
                run.Terminal.PrintLine(readers == 0
                    ? $"Nobody gets the {Announcement.Name(cadence)} digest, so none was opened"
                    : $"There is nothing new for the {Announcement.Readers(readers)} of the {Announcement.Name(cadence)} digest, so none was opened");
            }

            return sending;
        },
        stop);

    /// <summary>Sends an edition once more to those who did not get it.</summary>
    public static Task<int> ResendAsync(Invocation run, long id, ResendTo to, CancellationToken stop) => RunAsync(
        run,
        async (posts, _, _) =>
        {
            EditionStore editions = new(posts.Database!);
            Resent resent = await new Resending(posts.Database!, editions, new LedgerStore(posts.Database!)).RunAsync(id, to, posts.At, stop);
            if (resent.Refusal is string refusal)
            {
                run.Terminal.PrintError($"{refusal} ({posts.Database!.Name})");
                return null;
            }

            Edition edition = (await editions.FindAsync(id, stop))!;
            run.Terminal.PrintLine(resent.Mails == 0 && edition.Status == EditionStatus.Planned
                ? $"Nobody is left whom edition {id} could be sent again to"
                : $"Edition {id} goes again to {Announcement.Readers(resent.Mails)} who did not get it{(edition.Status == EditionStatus.Planning ? ", and to all it was not planned for yet" : "")}");
            return new Sending(resent.Mails == 0 && edition.Status == EditionStatus.Planned ? SendingResult.Nothing : SendingResult.Open, edition);
        },
        stop);

    private static async Task<int> RunAsync(Invocation run, Func<PostsNow, Newsletter, bool, Task<Sending?>> open, CancellationToken stop)
    {
        await using PostsNow? posts = await PostsNow.ReadAsync(run, DatabaseUse.Existing, containing: null, stop);
        if (posts is null || IsHeld(run.Terminal, posts.Catalog) || MailParts.Composers(run, run.Templates(posts.Library.Site)) is not MailComposers composers)
        {
            return ExitCodes.WrongSetting;
        }

        InstanceWatch watch = run.Instance(posts.Database!);
        await using InstanceHold? instance = await posts.Database!.TryTakeInstanceAsync(stop);
        watch.Hold = instance;
        if (await (instance is null ? watch.ReadAsync(stop) : watch.LookAsync(stop)) is string reason)
        {
            run.Terminal.PrintError(MailParts.Held(reason));
            return ExitCodes.WrongSetting;
        }

        if (!await SiteMemory.TakesAsync(run, posts.Library.Site, posts.Database!, stop))
        {
            return ExitCodes.WrongSetting;
        }

        Sending? sending = await open(posts, run.Newsletters.DefaultOf(posts.Catalog.Site), instance is null);
        if (sending is null)
        {
            return ExitCodes.WrongSetting;
        }

        if (sending.Edition is null || sending.Result is SendingResult.Nothing or SendingResult.InHeldEdition)
        {
            return sending.Result == SendingResult.Nothing ? ExitCodes.Done : ExitCodes.WrongSetting;
        }

        if (instance is null)
        {
            run.Terminal.PrintLine($"Edition {sending.Edition.Id} is sent by the running serve in a moment ({posts.Database.Name})");
            return ExitCodes.Done;
        }

        await MailParts.RecoverAsync(run, posts.Database, stop);
        await using ServiceProvider parts = await MailParts.WithoutServeAsync(run, posts, composers, watch, stop);
        bool balanced = await EditionDispatch.RunAsync(run, parts, sending.Edition, stop);
        await watch.LookAsync(CancellationToken.None);
        return balanced ? ExitCodes.Done : ExitCodes.OutsideFailed;
    }

    /// <summary>Nothing is mailed while posts are missing that may be back in a moment: mail of theirs would be taken for withdrawn.</summary>
    private static bool IsHeld(Terminal terminal, PostCatalog catalog)
    {
        if (catalog.Hold is RemovalHold hold)
        {
            terminal.PrintError($"{hold.Missing} of {hold.Known} posts are gone from {terminal.Shown(catalog.Site.PostsFolder)}; nothing is sent before they are back, or `syndication posts confirm` says that it is meant");
        }

        return catalog.Hold is not null;
    }

    private static Post? Find(Terminal terminal, PostsNow posts, Newsletter newsletter, string name, bool served)
    {
        if (PostArgument.Find(terminal, posts, name) is not Post post)
        {
            return null;
        }

        string? why = posts.Catalog.FindById(post.Id)?.Path != post.Path ? "is not published: it is a draft or hidden, or its date has not come"
            : !ReleasePlanner.IsFor(post, newsletter) ? "is not for this newsletter, as its front matter says"
            : served && posts.Builder.Unsaved.Any(row => row.Id == post.Id) ? "is not known to the running serve yet; try again in a moment"
            : null;
        if (why is not null)
        {
            terminal.PrintError($"{post.Path}: '{post.Title}' {why}");
        }

        return why is null ? post : null;
    }

    /// <summary>An id that readers are mailed is kept first. Before a newsletter's first look, what is there is taken for read, as serve does.</summary>
    private static async Task KeepIdentitiesAsync(PostsNow posts, Post post, Newsletter newsletter, CancellationToken stop)
    {
        EditionStore editions = new(posts.Database!);
        bool hasBegun = await editions.Releases.BegunAtAsync(newsletter.Name, stop) is not null;
        await new PostStore(posts.Database!).SaveAsync([.. posts.Builder.Unsaved.Where(row => !hasBegun || row.Id == post.Id)], stop);
        if (!hasBegun)
        {
            await new EditionMaker(posts.Database!, editions, new LedgerStore(posts.Database!), new SubscriptionStore(posts.Database!))
                .ReleaseAsync(newsletter, posts.Catalog, posts.At, posts.At, stop);
        }
    }

    private static async Task TellAsync(Terminal terminal, PostsNow posts, Newsletter newsletter, Post post, Sending sending, CancellationToken stop)
    {
        switch (sending.Result)
        {
            case SendingResult.Open:
                ImmutableArray<ReaderGroup> groups = await new SubscriptionStore(posts.Database!).GroupsAsync(newsletter.Name, stop);
                terminal.PrintLine(Announcement.OfPost(
                    post.Title, Reach.Of(groups, EditionMaker.TopicsOf(post), posts.At), posts.At, newsletter with { NeedsApproval = false }, posts.Catalog.Site.TimeZone, posts.At));
                break;
            case SendingResult.InHeldEdition:
                terminal.PrintError($"edition {sending.Edition!.Id} is held and took '{post.Title}' in; `syndication editions approve {sending.Edition.Id}` sends it");
                break;
            case SendingResult.UnderWay:
                terminal.PrintLine($"'{post.Title}' is on its way already");
                break;
            default:
                terminal.PrintError($"'{post.Title}' was mailed before, or is in its readers' next digest: a post goes out once");
                break;
        }
    }

    private static OperatorSend Sender(Database database) => new(database, new EditionStore(database), new LedgerStore(database));
}
