using System.Text;
using Syndication.Feeds;
using Syndication.Ledger;

namespace Syndication.Web;

/// <summary>
/// How the service is, for uptime monitors: 200 and "ok", or 200 and "attention" with what waits for the operator, since feeds and
/// pages are served all the same; 503 where the database cannot be read or nobody looks any more. Costs no query.
/// </summary>
internal sealed class HealthEndpoint(AttentionSource attention, PublishedSiteSource published, TimeProvider time)
{
    private const string Path = "/health";

    /// <summary>A look that is older says that looking has ended.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    /// <summary>Answers a request for its path, and passes every other on.</summary>
    public Task Answer(HttpContext context, RequestDelegate next)
    {
        if (SitePrefix.PathBelow(published.Current.Prefix, context.Request.Path.Value ?? "/") != Path)
        {
            return next(context);
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        (int status, string text) = Of(attention.Current, time.GetUtcNow());
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Status and text.</summary>
    private static (int Status, string Text) Of(Attention? seen, DateTimeOffset now) =>
        seen is null ? (StatusCodes.Status503ServiceUnavailable, "starting\n")
        : !seen.IsKnown ? (StatusCodes.Status503ServiceUnavailable, "failing\nthe database cannot be read\n")
        : now - seen.At > Stale ? (StatusCodes.Status503ServiceUnavailable, "failing\nmail is not looked after any more\n")
        : seen.Alerts.IsEmpty ? (StatusCodes.Status200OK, "ok\n")
        : (StatusCodes.Status200OK, "attention\n" + string.Concat(seen.Alerts.Select(a => a.Subject + "\n")));
}
