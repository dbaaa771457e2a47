using System.Collections.Immutable;
using System.Net;
using System.Text;
using Syndication.Content;
using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>What of a mail is shown.</summary>
internal enum PreviewForm
{
    /// <summary>The whole mail, as it goes over the wire (RFC 5322).</summary>
    Mail,

    Html,
    Text,
}

/// <summary>What `preview` was asked.</summary>
/// <param name="Post">A post's file, id or slug; null for a digest.</param>
/// <param name="Digest">How many of the newest posts a digest is of; null for a post.</param>
/// <param name="Form">What of the mail.</param>
/// <param name="To">The file to write, which must not exist; null = standard output.</param>
internal sealed record PreviewRequest(string? Post, int? Digest, PreviewForm Form, string? To);

/// <summary>Shows the mail that readers would get. Sends nothing, and never writes the database.</summary>
internal static class PreviewCommand
{
    /// <summary>Nobody: the links in the mail look like a reader's, and do nothing.</summary>
    private static readonly Subscriber Reader = new(0, Guid.Empty, "you@example.org", null, null, SubscriberStatus.Active, DateTimeOffset.UnixEpoch);

    private static readonly TokenKeys NoKeys = new([new TokenKey(0, [.. new byte[32]])]);

    public static async Task<int> RunAsync(Invocation run, PreviewRequest request, CancellationToken stop)
    {
        Terminal terminal = run.Terminal;
        string? file = request.To is null ? null : Path.GetFullPath(request.To, terminal.CurrentFolder);
        if (file is not null && Path.Exists(file))
        {
            terminal.PrintError($"{request.To}: is there already; a preview replaces no file");
            return ExitCodes.WrongSetting;
        }

        if (request.To is not null && !terminal.HasFolderOf(request.To))
        {
            return ExitCodes.WrongSetting;
        }

        string? containing = request.Post is null ? null : PostArgument.FileOf(terminal, request.Post);
        await using PostsNow? posts = await PostsNow.ReadAsync(run, DatabaseUse.ReadOnly, containing, stop);
        if (posts is null || Chosen(terminal, posts, request) is not ImmutableArray<Post> chosen
            || MailParts.Composers(run, run.Templates(posts.Library.Site), signs: false) is not { Editions: EditionComposer composer })
        {
            return ExitCodes.WrongSetting;
        }

        try
        {
            byte[] shown = Show(run, composer, ContentOf(run, posts, chosen, request), request.Form);
            if (file is null)
            {
                terminal.PrintText(Encoding.UTF8.GetString(shown));
                return ExitCodes.Done;
            }

            await using (FileStream target = new(file, FileMode.CreateNew))
            {
                await target.WriteAsync(shown, stop);
            }

            terminal.PrintLine($"The mail as it would go out now -> {request.To}");
            return ExitCodes.Done;
        }
        catch (DataFormatException e)
        {
            terminal.PrintError(e.Message);
            return ExitCodes.WrongSetting;
        }
    }

    /// <summary>The posts in the order in which an edition shows them; null when there are none, which is then told.</summary>
    private static ImmutableArray<Post>? Chosen(Terminal terminal, PostsNow posts, PreviewRequest request)
    {
        if (request.Post is string name)
        {
            return PostArgument.Find(terminal, posts, name) is Post post ? [post] : null;
        }

        if (posts.Catalog.Published.IsEmpty)
        {
            terminal.PrintError($"there is no published post in {terminal.Shown(posts.Catalog.Site.PostsFolder)} for a digest");
            return null;
        }

        return [.. posts.Catalog.Published.Take(request.Digest!.Value).Reverse()];
    }

    private static EditionContent ContentOf(Invocation run, PostsNow posts, ImmutableArray<Post> chosen, PreviewRequest request)
    {
        PostRenderer renderer = new();
        ImmutableArray<(Post Post, RenderedPost Rendered)> rendered = [.. chosen.Select(p => (p, renderer.Render(p, posts.Catalog)))];
        run.Terminal.Print(rendered.SelectMany(r => r.Rendered.Problems));
        SiteDefinition site = posts.Catalog.Site;
        return new EditionContent
        {
            Site = site,
            Newsletter = run.Newsletters.DefaultOf(site),
            Cadence = request.Post is null ? Cadence.Daily : Cadence.EachPost,
            Key = request.Post is null ? SlotPlanner.KeyOf(posts.At, site.TimeZone) : chosen[0].Id,
            Slot = posts.At,
            Posts = rendered,
        };
    }

    private static byte[] Show(Invocation run, EditionComposer composer, EditionContent content, PreviewForm form)
    {
        ComposedVariant variant = composer.Compose(content);
        Uri leave = SubscriberLinks.Unsubscribe(content.Site.Url, NoKeys, Reader.Uuid);
        string Value(PersonalPlace place) => place switch
        {
            PersonalPlace.Address => Reader.Address,
            PersonalPlace.Name => Reader.Name ?? "",
            _ => leave.AbsoluteUri,
        };

        return form switch
        {
            PreviewForm.Html => Encoding.UTF8.GetBytes(PersonalMarks.Fill(variant.Html, variant.Seal, place => WebUtility.HtmlEncode(Value(place)))),
            PreviewForm.Text => Encoding.UTF8.GetBytes(PersonalMarks.Fill(variant.Text, variant.Seal, Value)),
            _ => MailComposer.Prepare(variant, content.Site, content.Newsletter, content.Slot, MailKind.Edition).To(Reader, leave).Message.ToArray(),
        };
    }
}
