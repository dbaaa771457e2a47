using Syndication.EndToEnd.Support;

namespace Syndication.Tests.Support;

/// <summary>The servers on which sending is tested: one that follows a script to the letter, and one that we did not write.</summary>
public enum TestMailServer
{
    Scripted,
    Aiosmtpd,
}

internal static class TestMailServers
{
    public static async Task<IMailServer> StartAsync(this TestMailServer server, MailServerWishes wishes) =>
        server == TestMailServer.Scripted ? new ScriptedMailServer(wishes) : await AiosmtpdServer.StartAsync(wishes);
}
