using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Syndication.Feeds;
using Syndication.WebSub;

namespace Syndication.Web;

/// <summary>
/// Takes the requests of subscribers to the built-in hub (W3C WebSub, section 5.1). 202 says that the callback is asked next; whatever is wrong
/// with a request is told in a line.
/// </summary>
internal sealed class HubEndpoint(PublishedSiteSource published, PendingRequests pending, CallbackRule rule)
{
    private const int MostBytes = 16 * 1024;
    private const int MostFields = 32;
    private const string Wait = "60";

    /// <summary>Answers a request for its path, and passes every other on.</summary>
    public Task Answer(HttpContext context, RequestDelegate next)
    {
        if (SitePrefix.PathBelow(published.Current.Prefix, context.Request.Path.Value ?? "/") != WebSubOptions.HubPath)
        {
            return next(context);
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST";
            return WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "This is a WebSub hub: subscribers send it POST requests.");
        }

        return context.Request.HasFormContentType
            ? TakeAsync(context)
            : WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "expected a form (application/x-www-form-urlencoded)");
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = MostFields, BufferBodyLengthLimit = MostBytes, MultipartBodyLengthLimit = MostBytes }, context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            int status = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            await WriteAsync(context, status, "the form cannot be read, or is too long");
            return;
        }

        if (HubRequest.Read(name => form[name], published.Current, rule.IsAllowed, out string problem) is not HubRequest request)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        Admission admission = pending.TryAdd(request, ClientOf(context));
        if (admission == Admission.Taken)
        {
            await WriteAsync(context, StatusCodes.Status202Accepted, "accepted; the callback is asked next");
            return;
        }

        context.Response.Headers.RetryAfter = Wait;
        await (admission == Admission.TooMany
            ? WriteAsync(context, StatusCodes.Status429TooManyRequests, "too many requests from this address, or to this host, are not verified yet; try again in a minute")
            : WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "too many requests are not verified yet; try again in a minute"));
    }

    /// <summary>Who asks: behind a proxy on this machine the one of whom it tells, which is the last it names.</summary>
    private static IPAddress? ClientOf(HttpContext context)
    {
        IPAddress? peer = context.Connection.RemoteIpAddress;
        string? told = context.Request.Headers["X-Forwarded-For"].LastOrDefault()?.Split(',')[^1].Trim();
        return peer is not null && IPAddress.IsLoopback(peer) && IPAddress.TryParse(told, out IPAddress? client) ? client : peer;
    }

    private static Task WriteAsync(HttpContext context, int status, string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
