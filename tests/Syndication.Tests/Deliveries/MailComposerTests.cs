using System.Text;
using MimeKit;
using Syndication.Content;
using Syndication.Deliveries;
using Syndication.Editions;
using Syndication.Posts;
using Syndication.Site;
using Syndication.Tests.Editions;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

public sealed class MailComposerTests
{
    private const string Plain = "---\ntitle: First\n---\nHello.\n";

    private static readonly ComposedVariant Variant = Letters.Compose(Letters.Content(Cadence.EachPost, Letters.Post(Plain)));

    /// <summary>Titles and names that would add a header, end the header, or break a mail program.</summary>
    public static TheoryData<string> Hostile =>
    [
        "a\r\nBcc: evil@example.org",
        "a\nSubject: other\n\n<script>",
        "a\r\n\r\nbody",
        "\u0000\u0007\u001b[31m",
        "=?utf-8?B?YQpCY2M6IGV2aWxAZXhhbXBsZS5vcmc=?=",
        "\" <evil@example.org>, \"",
        "a\\\" <evil@example.org>\\",
        "(comment) <evil@example.org>; group:",
        "ü\r\nBcc: evil@example.org ü",
        "\u202eevil\u2066",
        "\ud800 unpaired",
        new string('x', 5000),
        string.Concat(Enumerable.Repeat("港", 3000)),
        string.Concat(Enumerable.Repeat("👩‍💻", 500)),
        string.Join(' ', Enumerable.Repeat("lörem", 900)),
        "",
        "   ",
    ];

    [Theory]
    [InlineData("Notes, \"quoted\"", "\"Notes, quoted\" <posts.blog.example.org>")]
    [InlineData("Ünder, \"Q\" <x@y>", "=?utf-8?b?w5xuZGVyLCAiUSIgPHhAeT4=?=\r\n\t<posts.blog.example.org>")]
    public void TheListsIdIsTheLastThatStandsInAngleBracketsWhateverItsTitle(string title, string header) =>
        Assert.Contains(
            $"\r\nList-Id: {header}\r\n",
            Encoding.ASCII.GetString(MailComposer.Prepare(Variant, Letters.Blog, Letters.Newsletter with { Title = title }, Letters.Slot, MailKind.Edition).To(Letters.Reader, Letters.Leave).Message.Span),
            StringComparison.Ordinal);

    [Fact]
    public void TheHeaderIsThatOfAMailingList()
    {
        MimeMessage mail = Read(Letters.Mail(Variant));

        Assert.Equal("\"Ada at the harbour\" <letters@example.org>", mail.From.ToString());
        Assert.Equal("\"Grace Höpper\" <grace@example.net>", mail.To.ToString());
        Assert.Equal("First", mail.Subject);
        Assert.Equal(Letters.Slot, mail.Date);
        Assert.Equal("\"Notes from the harbour\" <posts.blog.example.org>", mail.Headers[HeaderId.ListId]);
        Assert.Equal($"<{Letters.Leave.AbsoluteUri}>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("OOF, AutoReply", mail.Headers["X-Auto-Response-Suppress"]);
        Assert.Null(mail.Headers["Precedence"]);
        Assert.Null(mail.Headers["Auto-Submitted"]);
        Assert.Equal(mail.Headers.Count, mail.Headers.Select(h => h.Id == HeaderId.Unknown ? h.Field : h.Id.ToString()).Distinct().Count());
    }

    [Fact]
    public void AnAddressWithLettersOutsideOfAsciiStandsInTheHeaderAsItIs()
    {
        OutgoingMail mail = MailComposer.Prepare(Variant, Letters.Blog, Letters.Newsletter, Letters.Slot, MailKind.Edition)
            .To(Letters.Reader with { Address = "jürgen@example.org" }, Letters.Leave);

        Assert.Equal("jürgen@example.org", mail.Recipient);
        Assert.Contains("\r\nTo: Grace Höpper <jürgen@example.org>\r\n", Encoding.UTF8.GetString(mail.Message.Span), StringComparison.Ordinal);
        Assert.Equal("jürgen@example.org", Assert.Single(Read(mail.Message.ToArray()).To.Mailboxes).Address);
    }

    [Fact]
    public void BothPartsAreThereTheTextFirst()
    {
        MimeMessage mail = Read(Letters.Mail(Variant));

        MultipartAlternative body = Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Equal(["text/plain", "text/html"], body.Select(p => p.ContentType.MimeType));
        Assert.All(body, p => Assert.Equal("utf-8", p.ContentType.Charset));
        Assert.Contains("Hello.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Hello.", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void PersonalPlacesAreFilledInBothParts()
    {
        MimeMessage mail = Read(Letters.Mail(Variant));

        foreach (string part in (string[])[mail.TextBody!, mail.HtmlBody!])
        {
            Assert.DoesNotContain(Variant.Seal, part, StringComparison.Ordinal);
            Assert.Contains("grace@example.net", part, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ANameIsTextInBothParts()
    {
        string mark = PersonalMarks.Of(Variant.Seal, PersonalPlace.Name);
        ComposedVariant variant = Variant with { Html = $"<p title=\"{mark}\">{mark}</p>\n", Text = $"{mark}\n" };

        MimeMessage mail = Read(Letters.Mail(variant, reader: Letters.Reader with { Name = "\"><script>\r\n&x" }));

        Assert.Equal("<p title=\"&quot;&gt;&lt;script&gt; &amp;x\">&quot;&gt;&lt;script&gt; &amp;x</p>", mail.HtmlBody!.TrimEnd());
        Assert.Equal("\"><script> &x", mail.TextBody!.TrimEnd());
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void AHostileSubjectAddsNoHeader(string text) => Check(Letters.Mail(Variant with { Subject = text }));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void AHostileTitleOfAPostAddsNoHeader(string text)
    {
        (Post post, RenderedPost rendered) = Letters.Post(Plain);

        Check(Letters.Mail(Letters.Compose(Letters.Content(Cadence.EachPost, (post with { Title = text }, rendered)))));
        Check(Letters.Mail(Letters.Compose(Letters.Content(Cadence.Weekly, (post with { Title = text }, rendered)))));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void AHostileNewsletterAddsNoHeader(string text)
    {
        Newsletter newsletter = Letters.Newsletter with { Title = text, FromName = text, Name = text, PostalAddress = text };
        ComposedVariant variant = Letters.Compose(Letters.Content(Cadence.Weekly, Letters.Post(Plain)) with { Newsletter = newsletter });

        MimeMessage mail = Check(Letters.Mail(variant, newsletter));

        Assert.Equal("letters@example.org", Assert.IsType<MailboxAddress>(Assert.Single(mail.From)).Address);
        Assert.EndsWith(".blog.example.org>", mail.Headers[HeaderId.ListId], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void AHostileNameOfASubscriberAddsNoHeader(string text)
    {
        MimeMessage mail = Check(Letters.Mail(Variant, reader: Letters.Reader with { Name = text }));

        Assert.Equal("grace@example.net", Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address);
    }

    [Theory]
    [InlineData("grace@example.net\r\nBcc: evil@example.org")]
    [InlineData("grace@example.net>, <evil@example.org")]
    [InlineData("")]
    public void AHostileAddressIsRefused(string address)
    {
        PreparedVariant prepared = MailComposer.Prepare(Variant, Letters.Blog, Letters.Newsletter, Letters.Slot, MailKind.Edition);

        Assert.Throws<DataFormatException>(() => prepared.To(Letters.Reader with { Address = address }, Letters.Leave));
        Assert.Throws<DataFormatException>(() => MailComposer.Prepare(Variant, Letters.Blog, Letters.Newsletter with { From = address }, Letters.Slot, MailKind.Edition));
    }

    [Fact]
    public void TheMessageIdIsTheSameOnEveryAttemptAndNoOtherMailHasIt()
    {
        PreparedVariant prepared = MailComposer.Prepare(Variant, Letters.Blog, Letters.Newsletter, Letters.Slot, MailKind.Edition);
        PreparedVariant restarted = MailComposer.Prepare(Variant, Letters.Blog, Letters.Newsletter with { Title = "Renamed" }, Letters.Slot, MailKind.Edition);
        OutgoingMail first = prepared.To(Letters.Reader, Letters.Leave);

        Assert.Equal(first.Message.ToArray(), prepared.To(Letters.Reader, Letters.Leave).Message.ToArray());
        Assert.Equal(first.MessageId, restarted.To(Letters.Reader with { Address = "moved@example.net", Name = null }, Letters.Leave).MessageId);
        Assert.NotEqual(first.MessageId, prepared.To(Letters.Reader with { Uuid = Guid.Empty }, Letters.Leave).MessageId);
        Assert.NotEqual(first.MessageId, MailComposer.Prepare(Variant with { MessageKey = "other" }, Letters.Blog, Letters.Newsletter, Letters.Slot, MailKind.Edition)
            .To(Letters.Reader, Letters.Leave).MessageId);
        Assert.Equal(first.MessageId, Read(first.Message.ToArray()).MessageId);
        Assert.EndsWith("@blog.example.org", first.MessageId, StringComparison.Ordinal);
        Assert.Equal(("letters@example.org", "grace@example.net"), (first.Sender, first.Recipient));
    }

    [Theory]
    [InlineData("https://blog.example.org/u/1", true)]
    [InlineData("http://localhost:5080/u/1", true)]
    [InlineData("http://127.0.0.1:5080/u/1", true)]
    [InlineData("http://blog.example.org/u/1", false)]
    public void OneClickIsOfferedWhereItsPostIsSafe(string leave, bool oneClick)
    {
        PreparedVariant prepared = MailComposer.Prepare(Variant, Letters.Blog, Letters.Newsletter, Letters.Slot, MailKind.Edition);

        MimeMessage mail = Read(prepared.To(Letters.Reader, new Uri(leave)).Message.ToArray());

        Assert.Equal($"<{leave}>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal(oneClick, mail.Headers.Contains("List-Unsubscribe-Post"));
    }

    [Fact]
    public void ANoticeIsNoMailOfAList()
    {
        MimeMessage mail = Read(Letters.Mail(Variant, kind: MailKind.Notice));

        Assert.DoesNotContain(mail.Headers, h => h.Field.StartsWith("List-", StringComparison.Ordinal));
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
    }

    [Fact]
    public void AnEditionWithoutAWayToLeaveIsNotMade() =>
        Assert.Throws<ArgumentNullException>(() => MailComposer.Prepare(Variant, Letters.Blog, Letters.Newsletter, Letters.Slot, MailKind.Edition).To(Letters.Reader, null));

    [Theory]
    [InlineData("http://localhost:5080/", "localhost", "<posts.localhost>")]
    [InlineData("http://[::1]:5080/", "[IPv6:::1]", "<posts.1>")]
    [InlineData("https://bücher.example/blog/", "xn--bcher-kva.example", "<posts.xn--bcher-kva.example>")]
    public void TheSitesHostNamesMailsAndList(string url, string host, string list)
    {
        SiteDefinition site = Letters.Blog with { Url = SiteUrls.Root(url)! };
        OutgoingMail outgoing = MailComposer.Prepare(Variant, site, Letters.Newsletter, Letters.Slot, MailKind.Edition).To(Letters.Reader, Letters.Leave);

        Assert.EndsWith("@" + host, outgoing.MessageId, StringComparison.Ordinal);
        Assert.EndsWith(list, Read(outgoing.Message.ToArray()).Headers[HeaderId.ListId], StringComparison.Ordinal);
    }

    [Fact]
    public void TheDateIsWrittenWithTheEditionsOffset() =>
        Assert.Contains("Date: Mon, 09 Mar 2026 08:00:00 +0100", Letters.Lines(Letters.Mail(Variant)));

    /// <summary>The mail as a mail program reads it; nothing in it came from the hostile text but the text.</summary>
    private static MimeMessage Check(byte[] bytes)
    {
        string raw = Encoding.Latin1.GetString(bytes);
        Assert.Equal(raw.AsSpan().Count("\n"), raw.AsSpan().Count("\r\n"));
        Assert.Equal(raw.AsSpan().Count("\r"), raw.AsSpan().Count("\r\n"));
        Assert.All(raw, c => Assert.InRange(c, '\t', '~'));
        string[] lines = raw.Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 998));
        string[] header = [.. lines.TakeWhile(l => l.Length > 0)];
        Assert.All(header.Where(l => !l.StartsWith("List-Unsubscribe:", StringComparison.Ordinal) && l.TrimStart().Contains(' ', StringComparison.Ordinal)), l => Assert.InRange(l.Length, 0, 78));
        MimeMessage mail = Read(bytes);
        Assert.Equal(
            ["Date", "From", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Message-ID", "Subject", "To", "X-Auto-Response-Suppress"],
            mail.Headers.Select(h => h.Field).Order(StringComparer.Ordinal));
        Assert.Equal(2, Assert.IsType<MultipartAlternative>(mail.Body).Count);
        Assert.Equal(Letters.Slot, mail.Date);
        return mail;
    }

    private static MimeMessage Read(byte[] mail) => MimeMessage.Load(new MemoryStream(mail), TestContext.Current.CancellationToken);
}
