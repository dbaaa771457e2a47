using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Syndication.Editions;
using Syndication.Ledger;
using Syndication.Site;
using Syndication.Templating;

namespace Syndication.Deliveries;

/// <summary>Composes notices in the frame of all mails. For any number of threads but for <see cref="RefreshTemplates"/>.</summary>
internal sealed class NoticeComposer(TemplateSet templates)
{
    private const string AlertMail = "mail/alert";

    private readonly MailFrame _frame = new(templates);

    /// <summary>Reads templates that are new or changed; see <see cref="TemplateSet.Refresh"/>.</summary>
    public ImmutableArray<Problem> RefreshTemplates() => templates.Refresh(MailFrame.TemplatesOf(AlertMail));

    /// <summary>The mail of a notice: its Message-ID comes from the notice's key, and is the same on every attempt.</summary>
    /// <exception cref="DataFormatException">A template cannot be rendered, or the newsletter's address cannot be written into a mail.</exception>
    public PreparedVariant Prepare(ClaimedNotice claimed, SiteDefinition site, Newsletter newsletter)
    {
        Notice notice = claimed.Notice;
        Dictionary<string, object?> model = MailModel.Of(site, newsletter, notice.Subject, notice.Lines.FirstOrDefault(""));
        model["lines"] = notice.Lines.Select(l => (object?)l).ToList();
        string key = KeyOf(site, notice);
        string seal = PersonalMarks.SealOf(key, model);
        string mail = TemplateOf(notice.Kind);
        ComposedVariant composed = new()
        {
            MessageKey = key,
            Seal = seal,
            Subject = (string)model["subject"]!,
            Preheader = (string)model["preheader"]!,
            Html = _frame.Html(mail, seal, model),
            Text = _frame.Text(mail, seal, model),
        };
        return MailComposer.Prepare(composed, site, newsletter, claimed.QueuedAt, MailKind.Notice);
    }

    private static string TemplateOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Alert => AlertMail,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Beginning with a word that no edition's key begins with.</summary>
    private static string KeyOf(SiteDefinition site, Notice notice) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"notice:{site.Url.AbsoluteUri.Length}:{site.Url.AbsoluteUri}{notice.Key}")).AsSpan(0, 16));
}
