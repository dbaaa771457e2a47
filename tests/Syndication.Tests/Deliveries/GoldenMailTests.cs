using System.Text;
using MimeKit;
using Syndication.Content;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Editions;
using Syndication.Tests.Posts;

namespace Syndication.Tests.Deliveries;

/// <summary>
/// The posts of Cases/mail and the mails that they must give, byte for byte. With UPDATE_GOLDEN set to the Cases folder of the
/// sources, the mails there are written anew, to be read before they are committed.
/// </summary>
public sealed class GoldenMailTests
{
    private static readonly string Folder = Path.Join(AppContext.BaseDirectory, "Cases", "mail");

    [Theory]
    [InlineData("post", "2026-03-01-the-harbour-at-night.md")]
    [InlineData("letters", "2026-03-03-tides.md")]
    [InlineData("digest", "2026-03-05-short.md", "2026-03-03-tides.md", "2026-03-01-the-harbour-at-night.md")]
    public async Task TheMailOfAPostIsTheseBytes(string name, params string[] files)
    {
        Cadence cadence = files.Length > 1 ? Cadence.Weekly : Cadence.EachPost;
        byte[] mail = Letters.Mail(Letters.Compose(Letters.Content(cadence, [.. files.Select(Read)])));
        string golden = Path.Join(Folder, "expected", name + ".eml");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is string sources)
        {
            golden = Path.Join(sources, "mail", "expected", name + ".eml");
            await File.WriteAllBytesAsync(golden, mail, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(golden, TestContext.Current.CancellationToken)), Encoding.UTF8.GetString(mail));
        MimeMessage read = MimeMessage.Load(new MemoryStream(mail), TestContext.Current.CancellationToken);
        Assert.Contains("https://blog.example.org/unsubscribe/c2lnbmVkLXRva2Vu?a=1&b=2", read.TextBody, StringComparison.Ordinal);
        Assert.Contains("href=\"https://blog.example.org/unsubscribe/c2lnbmVkLXRva2Vu?a=1&amp;b=2\"", read.HtmlBody, StringComparison.Ordinal);
    }

    private static (Post Post, RenderedPost Rendered) Read(string file)
    {
        Post post = Letters.Blog.Post(file, File.ReadAllText(Path.Join(Folder, "posts", file)));
        post = post with { Id = post.DerivedId };
        return (post, new PostRenderer().Render(post, new PostCatalog(Letters.Blog, [post])));
    }
}
