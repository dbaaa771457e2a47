using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Syndication.Benchmarks;

/// <summary>The product beside others who send as many mails of the same size, in turn and each to a smtp-sink of its own.</summary>
internal static class MailComparison
{
    private const string Own = "syndication";
    private const string Signed = " dkim";

    public static async Task<int> RunAsync(MailPlan plan, CancellationToken stop)
    {
        using WorkFolder work = new();
        MailPost post = await MailPost.WriteAsync(work, plan.Kilobytes, 2 * plan.Runs, stop);
        Mailing product = new(work, plan.Connections);
        (double importSeconds, double importPeak) = await product.ImportAsync(plan.Messages, stop);
        string? key = plan.DkimKey is null ? null : await File.ReadAllTextAsync(plan.DkimKey.FullName, stop);
        Dictionary<string, Func<SmtpSink, Task<Sent>>> senders = new()
        {
            [Own] = async sink => (await product.SendAsync(sink.Address, null, stop)).Sent,
            ["smtp-source"] = sink => MailPeers.SmtpSourceAsync(work, Told(sink, null), stop),
            ["nodemailer"] = sink => MailPeers.NodemailerAsync(work, Told(sink, null), stop),
            ["mailkit loop"] = sink => MailPeers.MailKitAsync(work, Told(sink, null), stop),
        };
        if (key is not null)
        {
            senders.Add(Own + Signed, async sink => (await product.SendAsync(sink.Address, plan.DkimKey, stop)).Sent);
            senders.Add("nodemailer" + Signed, sink => MailPeers.NodemailerAsync(work, Told(sink, key), stop));
        }

        Dictionary<string, List<Sent>> runs = senders.Keys.ToDictionary(name => name, _ => new List<Sent>());
        for (int run = 0; run < plan.Runs; run++)
        {
            foreach ((string name, Func<SmtpSink, Task<Sent>> send) in senders)
            {
                await using SmtpSink sink = await SmtpSink.StartAsync(work, stop);
                runs[name].Add(await send(sink));
            }
        }

        Print(plan, post, (importSeconds, importPeak), runs.ToDictionary(r => r.Key, r => Middle(r.Value)));
        return 0;

        PeerWork Told(SmtpSink sink, string? pem) => new(sink.Port, plan.Messages, plan.Connections, post, pem);
    }

    /// <summary>The run with the median rate, the slower one of two.</summary>
    private static Sent Middle(List<Sent> runs) => runs.OrderBy(r => r.Rate).ElementAt((runs.Count - 1) / 2);

    private static void Print(MailPlan plan, MailPost post, (double Seconds, double PeakMb) import, Dictionary<string, Sent> middle)
    {
        JsonObject json = new()
        {
            ["benchmark"] = "mail",
            ["messages"] = plan.Messages,
            ["bytes"] = post.Size,
            ["connections"] = plan.Connections,
            ["runs"] = plan.Runs,
            ["import_s"] = Math.Round(import.Seconds, 1),
            ["import_peak_mb"] = Math.Round(import.PeakMb),
        };
        Console.Error.WriteLine($"mail  {json.ToJsonString(JsonSerializerOptions.Default)}");
        Console.Error.WriteLine($"  {"",-18}{"mails/s",10}{"seconds",10}{"cpu ms/mail",13}{"peak MB",9}{"ratio",8}");
        foreach ((string name, Sent sent) in middle)
        {
            double ratio = middle[name.EndsWith(Signed, StringComparison.Ordinal) ? Own + Signed : Own].Rate / sent.Rate;
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-18}{sent.Rate,10:f0}{sent.Seconds,10:f2}{1000 * sent.CpuSeconds / sent.Messages,13:f3}{sent.PeakMb,9:f0}{ratio,8:f2}"));
            json[name.Replace(' ', '_')] = new JsonObject
            {
                ["rate"] = Math.Round(sent.Rate),
                ["seconds"] = Math.Round(sent.Seconds, 2),
                ["cpu_s"] = Math.Round(sent.CpuSeconds, 2),
                ["peak_mb"] = Math.Round(sent.PeakMb),
                ["ratio"] = Math.Round(ratio, 3),
            };
        }

        Console.WriteLine(json.ToJsonString(JsonSerializerOptions.Default));
    }
}
