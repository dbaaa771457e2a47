using System.Collections.Immutable;
using Syndication.Content;
using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;
using Syndication.Transports;

namespace Syndication.Cli;

/// <summary>
/// Mails a post or a digest to one address, through the transport that readers' mail takes, as they would get it. The ledger knows
/// nothing of it: each call is a mail of its own, and its links for leaving do nothing. It is sent past pauses, which it may help to look into, and
/// no limit counts it: what is left of those a running serve keeps in memory, where a command cannot take of it.
/// </summary>
internal static class EditionsTestCommand
{
    /// <summary>Of the newest posts, a digest that is tried has so many.</summary>
    private const int InDigest = 5;

    /// <param name="run">The call.</param>
    /// <param name="name">A post's file, id or slug; null for a digest.</param>
    /// <param name="digest">The digest's cadence.</param>
    /// <param name="to">Who gets it.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<int> RunAsync(Invocation run, string? name, Cadence? digest, string to, CancellationToken stop)
    {
        (EmailAddress? address, string? problem) = EmailAddress.Read(to);
        if (address is null)
        {
            run.Terminal.PrintError($"--test: {problem}");
            return ExitCodes.WrongSetting;
        }

        await using PostsNow? posts = await PostsNow.ReadAsync(run, DatabaseUse.Existing, containing: null, stop);
        if (posts is null || Chosen(run.Terminal, posts, name) is not ImmutableArray<Post> chosen
            || MailParts.Composers(run, run.Templates(posts.Library.Site)) is not MailComposers composers)
        {
            return ExitCodes.WrongSetting;
        }

        await using ServiceProvider parts = await MailParts.WithoutServeAsync(run, posts, composers, run.Instance(posts.Database!), stop);
        ITransport transport = parts.GetRequiredService<RelaySet>().All[0].Transport;
        try
        {
            EditionContent content = ContentOf(run, posts, chosen, digest);
            Subscriber reader = new(0, Guid.NewGuid(), address.Value, null, null, SubscriberStatus.Active, posts.At);
            OutgoingMail mail = MailComposer.Prepare(composers.Editions.Compose(content), content.Site, content.Newsletter, content.Slot, MailKind.Edition)
                .To(reader, SiteUrls.Absolute(content.Site.Url, SubscriberLinks.UnsubscribePath + "test"));
            SendOutcome outcome = await transport.SendAsync(mail, stop);
            if (outcome.Result == SendResult.Sent)
            {
                run.Terminal.PrintLine($"A test of {(name is null ? $"the {Announcement.Name(digest!.Value)} digest" : $"'{chosen[0].Title}'")} was sent to {address.Value} by {transport.Name}; nothing is kept of it");
                return ExitCodes.Done;
            }

            run.Terminal.PrintError($"the test was not sent by {transport.Name}: {outcome.Text}");
            return ExitCodes.OutsideFailed;
        }
        catch (DataFormatException e)
        {
            run.Terminal.PrintError(e.Message);
            return ExitCodes.WrongSetting;
        }
    }

    /// <summary>The posts in the order in which an edition shows them; null when there are none, which is then told.</summary>
    private static ImmutableArray<Post>? Chosen(Terminal terminal, PostsNow posts, string? name)
    {
        if (name is not null)
        {
            return PostArgument.Find(terminal, posts, name) is Post post ? [post] : null;
        }

        if (posts.Catalog.Published.IsEmpty)
        {
            terminal.PrintError($"there is no published post in {terminal.Shown(posts.Catalog.Site.PostsFolder)} for a digest");
            return null;
        }

        return [.. posts.Catalog.Published.Take(InDigest).Reverse()];
    }

    private static EditionContent ContentOf(Invocation run, PostsNow posts, ImmutableArray<Post> chosen, Cadence? digest)
    {
        PostRenderer renderer = new();
        SiteDefinition site = posts.Catalog.Site;
        return new EditionContent
        {
            Site = site,
            Newsletter = run.Newsletters.DefaultOf(site),
            Cadence = digest ?? Cadence.EachPost,
            Key = digest is null ? chosen[0].Id : SlotPlanner.KeyOf(posts.At, site.TimeZone),
            Slot = posts.At,
            Posts = [.. chosen.Select(p => (p, renderer.Render(p, posts.Catalog)))],
        };
    }
}
