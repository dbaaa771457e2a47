using System.Net;

namespace Syndication.Benchmarks;

/// <summary>The product alone.</summary>
internal static class MailBenchmark
{
    public static async Task<int> RunAsync(MailPlan plan, CancellationToken stop)
    {
        using WorkFolder work = new();
        await MailPost.WriteAsync(work, plan.Kilobytes, plan.Runs, stop);
        Mailing product = new(work, plan.Connections);
        (double importSeconds, double importPeak) = await product.ImportAsync(plan.Messages, stop);
        await using SmtpSink? sink = plan.IntoOutbox || plan.Server is not null ? null : await SmtpSink.StartAsync(work, stop);
        IPEndPoint? server = plan.IntoOutbox ? null : plan.Server ?? sink!.Address;
        for (int run = 0; run < plan.Runs; run++)
        {
            (Sent sent, SentFrom from) = await product.SendAsync(server, plan.DkimKey, stop);
            Figures figures = new("mail", "");
            figures.Describe("messages", sent.Messages);
            figures.Describe("connections", plan.Connections);
            figures.Describe("to", server?.ToString() ?? "outbox");
            figures.Describe("signed", plan.DkimKey is not null);
            figures.Add("seconds", sent.Seconds);
            figures.Add("rate", sent.Rate);
            figures.Add("cpu_s", sent.CpuSeconds);
            figures.Add("peak_mb", sent.PeakMb);
            figures.Add("first_mail_s", from.FirstSeconds);
            figures.Add("first_rate", from.FirstRate);
            figures.Add("last_rate", from.LastRate);
            figures.Add("import_s", importSeconds);
            figures.Add("import_peak_mb", importPeak);
            figures.Print();
        }

        return 0;
    }
}
