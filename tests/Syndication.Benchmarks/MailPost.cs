using System.Globalization;
using System.Text;
using MimeKit;

namespace Syndication.Benchmarks;

/// <summary>One post as a mail, as its peers are to send it: made by the product, so that all send the same texts.</summary>
/// <param name="Subject">The title.</param>
/// <param name="Html">The page.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Link">What stands in both where each reader has a link of their own.</param>
/// <param name="Size">Bytes of the whole message.</param>
internal sealed record MailPost(string Subject, string Html, string Text, string Link, int Size)
{
    private const string Paragraph = "The harbour lies *still* at night, and whoever is late finds [the lights](https://example.org/harbour/lights) out **but one**.\n\n";

    private static readonly string[] OffTheWire = ["--Newsletter:Address=1 Harbour Road"];

    /// <summary>Writes as many posts of the same length as runs are wanted, since a post is mailed once, and gives the first as a mail.</summary>
    /// <param name="work">Where the site is.</param>
    /// <param name="kilobytes">About the size of the page.</param>
    /// <param name="posts">How many.</param>
    /// <param name="stop">Cancels.</param>
    public static async Task<MailPost> WriteAsync(WorkFolder work, int kilobytes, int posts, CancellationToken stop)
    {
        Product.MakeSite(work);
        int shortest = (await WriteAsync(work, paragraphs: 1, stop)).Html.Length;
        int longer = (await WriteAsync(work, paragraphs: 11, stop)).Html.Length;
        int paragraphs = Math.Max(1, 1 + (((kilobytes * 1024) - shortest) / ((longer - shortest) / 10)));
        MailPost mail = await WriteAsync(work, paragraphs, stop);
        for (int post = 1; post < posts; post++)
        {
            Write(work, post, paragraphs);
        }

        return mail;
    }

    /// <summary>How the command line names a post that was written.</summary>
    public static string Name(int post) => string.Create(CultureInfo.InvariantCulture, $"mailed-{post}");

    private static async Task<MailPost> WriteAsync(WorkFolder work, int paragraphs, CancellationToken stop)
    {
        Write(work, 0, paragraphs);
        string file = work[$"preview-{paragraphs}.eml"];
        await RunningProgram.RunAsync(
            Product.Program, work.Root, ["preview", Name(0), "--site", work["site"], "--data", work["data"], "--to", file, .. OffTheWire], stop);
        using MimeMessage message = await MimeMessage.LoadAsync(file, stop);
        return message is { Subject: string subject, HtmlBody: string html, TextBody: string text } && message.Headers[HeaderId.ListUnsubscribe] is string link
            ? new MailPost(subject, html, text, link.Trim('<', '>'), (int)new FileInfo(file).Length)
            : throw new BenchmarkException($"{file} is no mail of a post");
    }

    private static void Write(WorkFolder work, int post, int paragraphs)
    {
        StringBuilder text = new($"---\ntitle: The post that is mailed\n---\n");
        text.Insert(text.Length, Paragraph, paragraphs);
        work.Write($"site/_posts/2026-01-01-{Name(post)}.md", text.ToString());
    }
}
