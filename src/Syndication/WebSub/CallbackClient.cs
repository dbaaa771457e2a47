using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Syndication.Site;

namespace Syndication.WebSub;

/// <summary>What came of a call.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Text">The answer's body where it was asked for; empty when it was too long.</param>
/// <param name="Reason">The status, or why there was none, for a person.</param>
internal sealed record CallbackAnswer(int? Status, string Text, string Reason)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>
/// Calls the addresses that a rule allows, and no other: a name is resolved anew for each call, and connected is to the very address
/// that was judged. Redirects, proxies, cookies and reused connections are for none of them. Whatever the other side does is an answer, never an
/// exception. For any number of threads.
/// </summary>
internal sealed class CallbackClient : IDisposable
{
    /// <summary>Bytes of a body that are read.</summary>
    private const int MostText = 2048;

    /// <summary>Kilobytes of header fields.</summary>
    private const int MostHeaders = 16;

    /// <summary>Addresses of a name that are tried.</summary>
    private const int MostAddresses = 4;

    private readonly CallbackRule _rule;
    private readonly HttpClient _http;

    public CallbackClient(CallbackRule rule)
    {
        _rule = rule;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            ConnectTimeout = rule.ConnectPatience,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = MostHeaders,
            MaxResponseDrainSize = 0,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent.Text);
    }

    /// <summary>Asks, and reads the answer.</summary>
    public Task<CallbackAnswer> GetAsync(Uri address, CancellationToken stop) => CallAsync(new HttpRequestMessage(HttpMethod.Get, address), isRead: true, stop);

    /// <summary>Sends; of the answer only the status counts. The request is disposed.</summary>
    public Task<CallbackAnswer> SendAsync(HttpRequestMessage request, CancellationToken stop) => CallAsync(request, isRead: false, stop);

    public void Dispose() => _http.Dispose();

    private async Task<CallbackAnswer> CallAsync(HttpRequestMessage request, bool isRead, CancellationToken stop)
    {
        using HttpRequestMessage disposed = request;
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_rule.Patience);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            int status = (int)response.StatusCode;
            return new CallbackAnswer(status, isRead ? await ReadAsync(response, patience.Token) : "", status.ToString(CultureInfo.InvariantCulture));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new CallbackAnswer(null, "", string.Create(CultureInfo.InvariantCulture, $"no answer within {_rule.Patience.TotalSeconds:0.#} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new CallbackAnswer(null, "", PlainLine.Of((e.InnerException ?? e).Message, 200));
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        byte[] buffer = new byte[MostText + 1];
        await using Stream body = await response.Content.ReadAsStreamAsync(stop);
        int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return length > MostText ? "" : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        DnsEndPoint host = context.DnsEndPoint;
        IPAddress[] found = IPAddress.TryParse(host.Host, out IPAddress? literal) ? [literal] : await _rule.Resolve(host.Host, stop);
        IPAddress[] allowed = [.. found.Where(_rule.IsAllowed).Take(MostAddresses)];
        Exception failure = new IOException(found.Length == 0 ? "its name has no address" : "its address is not public");
        foreach (IPAddress address in allowed)
        {
            using CancellationTokenSource share = CancellationTokenSource.CreateLinkedTokenSource(stop);
            share.CancelAfter(_rule.ConnectPatience / allowed.Length);
            Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, host.Port), share.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                socket.Dispose();
                failure = e is SocketException ? e : new IOException("it cannot be connected to");
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure;
    }
}
