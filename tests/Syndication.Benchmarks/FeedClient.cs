using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Syndication.Benchmarks;

/// <summary>Asks for feeds again and again, as an impatient reader would, until they are as expected.</summary>
internal sealed class FeedClient : IDisposable
{
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http = new();

    /// <summary>Seconds from the start of the program to its first whole answer.</summary>
    public async Task<double> FirstAnswerAsync(RunningProgram program, Uri feed, CancellationToken stop)
    {
        while (Stopwatch.GetElapsedTime(program.Started) < Patience)
        {
            if (program.HasEnded)
            {
                throw program.Failed("ended at once");
            }

            try
            {
                using HttpResponseMessage answer = await _http.GetAsync(feed, stop);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return Stopwatch.GetElapsedTime(program.Started).TotalSeconds;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(BetweenStarts, TimeProvider.System, stop);
        }

        throw program.Failed("does not answer");
    }

    /// <summary>Writes a file, and counts the milliseconds from then until a text is in all of these feeds.</summary>
    public async Task<double> SaveAsync(string file, string post, string expected, IReadOnlyList<Uri> feeds, CancellationToken stop)
    {
        await File.WriteAllTextAsync(file, post, stop);
        long saved = Stopwatch.GetTimestamp();
        foreach (Uri feed in feeds)
        {
            EntityTagHeaderValue? tag = null;
            while (true)
            {
                using HttpRequestMessage request = new(HttpMethod.Get, feed);
                if (tag is not null)
                {
                    request.Headers.IfNoneMatch.Add(tag);
                }

                using HttpResponseMessage answer = await _http.SendAsync(request, stop);
                if (answer.StatusCode == HttpStatusCode.OK
                    && (await answer.Content.ReadAsStringAsync(stop)).Contains(expected, StringComparison.Ordinal))
                {
                    break;
                }

                tag = answer.Headers.ETag;
                if (Stopwatch.GetElapsedTime(saved) > Patience)
                {
                    throw new BenchmarkException($"'{expected}' does not come into {feed}");
                }

                await Task.Delay(BetweenLooks, TimeProvider.System, stop);
            }
        }

        return Stopwatch.GetElapsedTime(saved).TotalMilliseconds;
    }

    /// <summary>The feed's entity tag and length under a content coding.</summary>
    public async Task<(string Tag, long Length)> LookAsync(Uri feed, string coding, CancellationToken stop)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, feed);
        request.Headers.AcceptEncoding.ParseAdd(coding);
        using HttpResponseMessage answer = await _http.SendAsync(request, stop);
        byte[] body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(stop);
        return (answer.Headers.ETag?.ToString() ?? throw new BenchmarkException($"{feed} has no ETag"), body.Length);
    }

    public void Dispose() => _http.Dispose();
}
