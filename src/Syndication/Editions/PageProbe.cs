using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>What a post's page said when it was asked for.</summary>
/// <param name="Post">The post.</param>
/// <param name="Page">Its address.</param>
/// <param name="Status">The HTTP status after redirects; null when there was no answer.</param>
/// <param name="Answer">The status, or why there was none, for a person.</param>
internal sealed record PageAnswer(Post Post, Uri Page, int? Status, string Answer)
{
    public bool IsFound => PageTries.IsOk(Status);
}

/// <summary>
/// Asks the site for the pages of posts: the head of each answer only, redirects followed. Whatever the other side does is an answer,
/// never an exception. For any number of threads.
/// </summary>
internal sealed class PageProbe : IDisposable
{
    /// <summary>Pages asked for at the same time: the site is a person's, and may be small.</summary>
    private const int AtOnce = 4;

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;

    /// <param name="patience">How long one page may take to answer.</param>
    public PageProbe(TimeSpan patience)
    {
        _patience = patience;
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxResponseDrainSize = 0, PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = patience };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent.Text);
    }

    /// <summary>Asks for the pages of these posts, in their order.</summary>
    public async Task<ImmutableArray<PageAnswer>> AskAsync(SiteDefinition site, IReadOnlyList<Post> posts, CancellationToken stop)
    {
        PageAnswer[] answers = new PageAnswer[posts.Count];
        ParallelOptions few = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForAsync(0, posts.Count, few, async (i, cancelled) =>
        {
            Uri page = SiteUrls.Absolute(site, posts[i].Permalink);
            (int? status, string answer) = await AskAsync(page, cancelled);
            answers[i] = new PageAnswer(posts[i], page, status, answer);
        });
        return [.. answers];
    }

    public void Dispose() => _http.Dispose();

    private async Task<(int? Status, string Answer)> AskAsync(Uri page, CancellationToken stop)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(page, HttpCompletionOption.ResponseHeadersRead, stop);
            int status = (int)response.StatusCode;
            return (status, status.ToString(CultureInfo.InvariantCulture));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"no answer within {_patience.TotalSeconds:0.#} s"));
        }
        catch (HttpRequestException e)
        {
            string reason = e.InnerException is SocketException or IOException ? e.InnerException.Message : e.Message;
            return (null, PlainLine.Of(reason, 200));
        }
    }
}
