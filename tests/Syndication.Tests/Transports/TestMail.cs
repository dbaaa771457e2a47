using System.Text;
using Syndication.EndToEnd.Support;
using Syndication.Transports;

namespace Syndication.Tests.Transports;

/// <summary>A mail to send, and the way to a server for tests.</summary>
internal static class TestMail
{
    public const string Recipient = "reader@example.org";

    /// <summary>The header section with a folded line and odd spaces, which must go out as they are.</summary>
    public const string Header = "Message-ID: <a1@blog.example>\r\nSUBJECT:  two  spaces\r\n\tfolded \r\nX-Empty:\r\nFrom: news@blog.example\r\n\r\n";

    public static OutgoingMail To(string recipient, string body = "Hello\r\n", string sender = "bounce@blog.example") =>
        Of(Encoding.UTF8.GetBytes(Header + body)) with { Recipient = recipient, Sender = sender };

    public static OutgoingMail Of(byte[] message) => new("a1@blog.example", "bounce@blog.example", Recipient, message);

    /// <summary>To a server on this machine, as plain text unless told otherwise.</summary>
    public static RelayOptions Options(int port) => new() { Host = "127.0.0.1", Port = port, Security = MailSecurity.None, Timeout = Eventually.Deadline };

    public static Task<SendOutcome> SendAsync(this ITransport transport, OutgoingMail? mail = null) =>
        transport.SendAsync(mail ?? To(Recipient), TestContext.Current.CancellationToken);

    /// <summary>Sends one mail over a transport of its own.</summary>
    public static async Task<SendOutcome> SendAsync(RelayOptions options, OutgoingMail? mail = null)
    {
        await using SmtpTransport transport = new(options, TimeProvider.System);
        return await transport.SendAsync(mail);
    }
}
