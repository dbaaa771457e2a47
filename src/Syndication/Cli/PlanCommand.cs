using System.Collections.Immutable;
using System.Globalization;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Posts;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>Tells what would be published and mailed, when, to how many. Sends nothing, and writes nothing.</summary>
internal static class PlanCommand
{
    /// <summary>Titles that one line names.</summary>
    private const int Named = 5;

    public static async Task<int> RunAsync(Invocation run, CancellationToken stop)
    {
        await using PostsNow? posts = await PostsNow.ReadAsync(run, DatabaseUse.ReadOnly, containing: null, stop);
        if (posts is null)
        {
            return ExitCodes.WrongSetting;
        }

        Newsletter newsletter = run.Newsletters.DefaultOf(posts.Catalog.Site);
        Outlook outlook = await Outlook.OfAsync(
            posts.Catalog, posts.Database, newsletter, cadence => CronSlots.Of(newsletter.CronOf(cadence), posts.Catalog.Site.TimeZone), posts.At, stop);
        TellStanding(run, posts, outlook);
        TellPosts(run, posts, newsletter, outlook);
        TellDigests(run, posts, newsletter, outlook);
        if (posts.Database is not null)
        {
            await TellEditionsAsync(run, posts.Database, stop);
        }

        run.Terminal.PrintLine("Nothing was sent or written.");
        return ExitCodes.Done;
    }

    private static void TellStanding(Invocation run, PostsNow posts, Outlook outlook)
    {
        Terminal terminal = run.Terminal;
        SiteDefinition site = posts.Catalog.Site;
        string now = TimeZoneInfo.ConvertTime(posts.At, site.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        terminal.PrintLine($"Read      {Counted.Of(posts.Catalog.Published.Length, "post")} from {terminal.Shown(site.PostsFolder)}; it is {now} in the site's time zone, {site.TimeZone.Id}");
        long readers = outlook.Groups.Sum(g => g.Readers);
        string known = posts.Database is null
            ? $"nothing, since {(run.Storage.Connection.Length > 0 ? "the database is empty" : $"there is no database in {terminal.Shown(run.Storage.Data)} yet")}"
            : $"{Announcement.Readers(readers)} in {posts.Database.Name}";
        terminal.PrintLine($"Known     {known}{(readers == 0 ? "; `syndication subscribers add you@example.org` adds one" : "")}");
        if (!outlook.HasBegun)
        {
            terminal.PrintLine("First     `serve` has not run here yet: its first run mails nobody the posts that are there, only what comes after them");
        }
    }

    private static void TellPosts(Invocation run, PostsNow posts, Newsletter newsletter, Outlook outlook)
    {
        Terminal terminal = run.Terminal;
        foreach (Post post in posts.Catalog.Waiting(posts.At))
        {
            terminal.PrintLine($"Publish   '{post.Title}' on {When(post.ShownFrom, posts)}");
        }

        foreach (WaitingPost waiting in outlook.Waiting.Where(w => !w.IsTooMany))
        {
            Reach reach = Reach.Of(outlook.Groups, EditionMaker.TopicsOf(waiting.Post), waiting.ReadyAt);
            string soon = waiting.ReadyAt > posts.At ? $" (in {CatalogReport.InWords(waiting.ReadyAt - posts.At)})" : "";
            string page = waiting.IsForPage ? ", once its page answers" : "";
            terminal.PrintLine($"Mail      {Announcement.OfPost(waiting.Post.Title, reach, waiting.ReadyAt, newsletter, posts.Catalog.Site.TimeZone, posts.At)}{soon}{page}");
        }

        TellTitles(
            terminal, "Held      {0} too many at once, until `syndication editions approve`: ",
            [.. outlook.Of(CandidateState.Held), .. outlook.Waiting.Where(w => w.IsTooMany).Select(w => w.Post)]);
        TellTitles(
            terminal, "Held      {0} whose page did not come, until `syndication editions approve`: ", outlook.Of(CandidateState.PageMissing));
        TellTitles(terminal, "Not sent  {0} dated too far back to be news; `syndication editions send POST` mails one: ", outlook.Of(CandidateState.Backdated));
        ImmutableArray<Post> notNews = outlook.Of(CandidateState.NotNews);
        if (!notNews.IsEmpty)
        {
            terminal.PrintLine($"Not sent  {Counted.Of(notNews.Length, "post")} from before the newsletter {(outlook.HasBegun ? "began" : "begins")}");
        }
    }

    private static void TellDigests(Invocation run, PostsNow posts, Newsletter newsletter, Outlook outlook)
    {
        foreach (DigestOutlook digest in outlook.Digests)
        {
            string when = digest.Slot is not DateTimeOffset slot ? "never"
                : slot <= posts.At ? "now, as soon as `serve` runs"
                : newsletter.LocalTime ? $"{When(slot, posts)}, at that hour in each reader's time zone" : When(slot, posts);
            string what = digest.Forecast switch
            {
                { Audience: 0 } => "nobody subscribes to it",
                { Readers: 0 } => $"nothing for its {Announcement.Readers(digest.Forecast.Audience)} so far",
                { Fewest: int few, Most: int most } => $"{(few == most ? Counted.Of(most, "post") : string.Create(CultureInfo.InvariantCulture, $"{few} to {most} posts"))} to "
                    + $"{Announcement.Readers(digest.Forecast.Readers)}{(newsletter.NeedsApproval ? ", once you approve it" : "")}",
            };
            run.Terminal.PrintLine($"Digest    {Announcement.Name(digest.Cadence),-7}  {when}: {what}");
        }
    }

    private static async Task TellEditionsAsync(Invocation run, Database database, CancellationToken stop)
    {
        LedgerStore ledger = new(database);
        foreach (Edition edition in (await new EditionStore(database).ListAsync(stop)).Where(e => !e.IsOver))
        {
            EditionAccount account = await EditionAccount.OfAsync(ledger, edition, stop);
            if (account.Counts.Waiting > 0 || edition.Status != EditionStatus.Planned)
            {
                run.Terminal.PrintLine("Under way, as `syndication editions list` shows it:");
                EditionsListCommand.Print(run, account);
            }
        }
    }

    private static void TellTitles(Terminal terminal, string form, ImmutableArray<Post> posts)
    {
        if (!posts.IsEmpty)
        {
            string more = posts.Length > Named ? string.Create(CultureInfo.InvariantCulture, $" and {posts.Length - Named} more") : "";
            string titles = string.Join(", ", posts.Take(Named).Select(p => $"'{p.Title}'"));
            terminal.PrintLine(string.Format(CultureInfo.InvariantCulture, form, Counted.Of(posts.Length, "post")) + titles + more);
        }
    }

    private static string When(DateTimeOffset at, PostsNow posts)
    {
        string local = TimeZoneInfo.ConvertTime(at, posts.Catalog.Site.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"{local} (in {CatalogReport.InWords(at - posts.At)})";
    }
}
