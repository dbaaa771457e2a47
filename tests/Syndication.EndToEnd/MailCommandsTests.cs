using System.Globalization;
using System.Text;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>What the operator is told before mail goes, what they send by hand, and templates that change while the program runs.</summary>
public sealed class MailCommandsTests
{
    private const int Readers = 300;

    [Fact]
    public async Task TheConsoleSaysBeforehandWhoGetsAPostAndWhen()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "a@example.org", "b@example.org")).Succeeds();
        (await Command.RunAsync(work, "subscribers", "add", "d@example.org", "--cadence", "weekly")).Succeeds();
        await using Service service = await Service.StartAsync(work, "--Newsletter:QuietPeriod=01:00:00");
        work.Post("new.md", "New");

        await service.UntilPrintedAsync("'New' goes to 2 readers at ", "and into the digests of 1");

        Assert.Empty(Mails(work));
        Command plan = (await Command.RunAsync(work, "plan", "--Newsletter:QuietPeriod=01:00:00")).Succeeds();
        Assert.Contains("Mail      'New' goes to 2 readers at ", plan.Output, StringComparison.Ordinal);
        Assert.Contains("Digest    weekly   ", plan.Output, StringComparison.Ordinal);
        await service.StopAsync();
        Assert.Single(service.Printed("'New' goes to"));
    }

    [Fact]
    public async Task NobodyToMailIsSaidWithTheCommandThatAddsSomebody()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        await using Service service = await Service.StartAsync(work, "--Newsletter:QuietPeriod=01:00:00");
        work.Post("new.md", "New");

        await service.UntilPrintedAsync("'New' is released at", "nobody subscribes yet: `syndication subscribers add");
        await service.StopAsync();
    }

    [Fact]
    public async Task WhatIsSentByHandBesideAServeIsSentByTheServe()
    {
        using Workspace work = new();
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "add", "a@example.org")).Succeeds();
        (await Command.RunAsync(work, "subscribers", "add", "d@example.org", "--cadence", "daily")).Succeeds();
        await using Service service = await Service.StartAsync(work, "--Newsletter:QuietPeriod=01:00:00");
        work.Post("new.md", "New");
        await service.UntilPrintedAsync("'New' goes to 1 reader at");

        Command send = (await Command.RunAsync(work, "editions", "send", "new")).Succeeds();
        Assert.Contains("is sent by the running serve", send.Output, StringComparison.Ordinal);
        await Eventually.IsAsync(() => Mails(work).Length == 1, () => $"the post; {service.Program.Console}");
        (await Command.RunAsync(work, "editions", "send", "--digest", "daily")).Succeeds();
        await service.UntilPrintedAsync("the daily digest goes to 1 reader now");
        await Eventually.IsAsync(() => Mails(work).Length == 2, () => $"the digest; {service.Program.Console}");
        await service.StopAsync();
    }

    [Fact]
    public async Task InterruptedWhileItSendsItHandsBackTheRestAndGoesOnWhenCalledAgain()
    {
        using Workspace work = new();
        await using AiosmtpdServer server = await AiosmtpdServer.StartAsync(new MailServerWishes());
        StringBuilder list = new("address\n");
        for (int i = 0; i < Readers; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"reader{i}@readers.example\n");
        }

        work.Write("readers.csv", list.ToString());
        work.Post("old.md", "Old");
        (await Command.RunAsync(work, "subscribers", "import", "readers.csv")).Succeeds();
        string[] send = ["editions", "send", "old", "--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Security=none", "--Mail:Connections=1"];
        await using (RunningProgram program = RunningProgram.Start(new Launch { Folder = work.Folder, Arguments = send }))
        {
            await Eventually.IsAsync(() => server.Mails.Count > 2, () => $"a few mails; {program.Console}");
            program.Send("INT");
            Assert.True(await program.ExitAsync() == 0, program.Console);
            Assert.Contains("What waits is sent by the next `serve`", program.Output.Text, StringComparison.Ordinal);
            Assert.True(program.Errors.All.Count == 0, program.Console);
        }

        Command rest = (await Command.RunAsync(work, send)).Succeeds();

        Assert.DoesNotContain("uncertain", rest.Output.Replace("(0 uncertain)", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        string[] got = [.. server.Mails.Select(m => m.Recipients[0])];
        Assert.Distinct(got);

        // The one mail that was on the wire may wait for its next attempt.
        Assert.InRange(got.Length, Readers - 1, Readers);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{Readers} = {got.Length} sent + 0 failed"), rest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokenMailTemplateKeepsTheLastGoodOneAndSaysWhere()
    {
        const string Template = "posts/templates/mail/post.txt";
        using Workspace work = new();
        work.Post("old.md", "Old");
        work.Write(Template, "first {{ post.title }}");
        (await Command.RunAsync(work, "subscribers", "add", "a@example.org")).Succeeds();
        await using Service service = await Service.StartAsync(work, "--Newsletter:QuietPeriod=00:00:00");
        await MailAsync(service, work, "One", "first One");

        work.Write(Template, "{{ post.title }}\n{% if %}\n");
        await service.UntilPrintedAsync($"{work.In(Template)}:2: the template cannot be read", "last good");
        await MailAsync(service, work, "Two", "first Two");

        // It can be read, and no mail can be made with it.
        work.Write(Template, "{% for i in (1..99999) %}x{% endfor %}");
        await service.UntilPrintedAsync($"{work.In(Template)} cannot be rendered", "last good");
        await MailAsync(service, work, "Three", "first Three");

        work.Write(Template, "second {{ post.title }}");
        await service.UntilPrintedAsync("the templates of mails changed");
        await MailAsync(service, work, "Four", "second Four");
        await service.StopAsync();
        Assert.Equal(2, service.Printed("last good").Count);
    }

    private static async Task MailAsync(Service service, Workspace work, string title, string text)
    {
        work.Post($"{title}.md", title);
        await Eventually.IsAsync(() => Mails(work).Any(m => m.Contains(text, StringComparison.Ordinal)), () => $"a mail with '{text}'; {service.Program.Console}");
    }

    private static string[] Mails(Workspace work) =>
        Directory.Exists(work.In("data/outbox")) ? [.. Directory.GetFiles(work.In("data/outbox"), "*.eml").Select(File.ReadAllText)] : [];
}
