using System.Text;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Web;

/// <summary>
/// Leaving by the link in each mail. GET shows a page with one button and changes nothing, since programs that scan mail follow links.
/// POST does it at once, without cookie or redirect: from the button, and from a mail program (RFC 8058). What the body says does
/// not matter, for the token alone tells who asks for what.
/// </summary>
internal sealed partial class UnsubscribeEndpoints(
    SubscriberStore subscribers, TokenKeys keys, UnsubscribePage page, TimeProvider time, ILogger<UnsubscribeEndpoints> log)
{
    /// <summary>How long the button for coming back is good.</summary>
    private static readonly TimeSpan UndoWithin = TimeSpan.FromDays(1);

    /// <summary>Answers a request for one of its paths, and passes every other on.</summary>
    public Task Answer(HttpContext context, RequestDelegate next)
    {
        string path = SitePrefix.PathBelow(page.Prefix, context.Request.Path.Value ?? "/");
        return path.StartsWith(SubscriberLinks.UnsubscribePath, StringComparison.Ordinal)
            ? AnswerAsync(context, TokenPurpose.Unsubscribe, path[SubscriberLinks.UnsubscribePath.Length..])
            : path.StartsWith(SubscriberLinks.ResubscribePath, StringComparison.Ordinal)
                ? AnswerAsync(context, TokenPurpose.Resubscribe, path[SubscriberLinks.ResubscribePath.Length..])
                : next(context);
    }

    private async Task AnswerAsync(HttpContext context, TokenPurpose purpose, string token)
    {
        bool isPost = HttpMethods.IsPost(context.Request.Method);
        if (!isPost && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD, POST";
            return;
        }

        if (SignedToken.Read(keys, purpose, token, time.GetUtcNow()) is not Guid uuid)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, UnsubscribeState.BadLink);
            return;
        }

        try
        {
            Subscriber? reader = await subscribers.FindAsync(uuid, context.RequestAborted);
            await (reader is null ? WriteAsync(context, StatusCodes.Status404NotFound, UnsubscribeState.BadLink)
                : isPost ? ChangeAsync(context, purpose, reader)
                : ShowAsync(context, purpose, reader));
        }
        catch (StorageException e)
        {
            Log.StorageFailed(log, e.Message);
            context.Response.Headers.RetryAfter = "60";
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, UnsubscribeState.Later);
        }
    }

    private Task ShowAsync(HttpContext context, TokenPurpose purpose, Subscriber reader)
    {
        bool leaves = purpose == TokenPurpose.Unsubscribe;
        bool isMailed = reader.Status is SubscriberStatus.Active or SubscriberStatus.Pending;
        UnsubscribeState state = leaves
            ? (isMailed ? UnsubscribeState.Ask : UnsubscribeState.Left)
            : (isMailed ? UnsubscribeState.Back : UnsubscribeState.AskBack);

        // A form without an address of its own posts to the page it is on.
        string? button = state is UnsubscribeState.Ask or UnsubscribeState.AskBack ? "" : null;
        return WriteAsync(context, StatusCodes.Status200OK, state, reader, button);
    }

    private async Task ChangeAsync(HttpContext context, TokenPurpose purpose, Subscriber reader)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool leaves = purpose == TokenPurpose.Unsubscribe;
        SubscriberStatus to = leaves ? SubscriberStatus.Unsubscribed : SubscriberStatus.Active;

        // Not given up when the browser goes away: who pressed the button has said what they want.
        StatusMove move = await subscribers.ChangeStatusAsync(reader.Id, to, now, CancellationToken.None);
        if (move == StatusMove.Moved)
        {
            Log.Changed(log, reader.Uuid, reader.Status, to);
        }

        bool isErased = move is StatusMove.Refused or StatusMove.Missing;
        if (leaves)
        {
            string? undo = isErased ? null : ".." + SubscriberLinks.ResubscribePath
                + SignedToken.Create(keys, TokenPurpose.Resubscribe, reader.Uuid, now + UndoWithin);
            await WriteAsync(context, StatusCodes.Status200OK, UnsubscribeState.Left, reader, undo);
        }
        else
        {
            await (isErased
                ? WriteAsync(context, StatusCodes.Status404NotFound, UnsubscribeState.BadLink)
                : WriteAsync(context, StatusCodes.Status200OK, UnsubscribeState.Back, reader));
        }
    }

    private async Task WriteAsync(HttpContext context, int status, UnsubscribeState state, Subscriber? reader = null, string? button = null)
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        IHeaderDictionary headers = response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.XContentTypeOptions = "nosniff";
        foreach (Problem problem in page.Refresh())
        {
            Log.TemplateProblem(log, problem);
        }

        string body;
        try
        {
            body = page.Render(state, EmailAddress.Masked(reader?.Address ?? ""), button);
            response.ContentType = "text/html; charset=utf-8";
        }
        catch (DataFormatException e)
        {
            Log.TemplateFailed(log, e.Message);
            body = UnsubscribePage.PlainText(state);
            response.ContentType = "text/plain; charset=utf-8";
        }

        byte[] bytes = Encoding.UTF8.GetBytes(body);
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Problem}")]
        public static partial void TemplateProblem(ILogger logger, Problem problem);

        [LoggerMessage(LogLevel.Information, "subscriber {Subscriber}: {From} -> {To}, by the link in a mail")]
        public static partial void Changed(ILogger logger, Guid subscriber, SubscriberStatus from, SubscriberStatus to);

        [LoggerMessage(LogLevel.Error, "somebody could not leave: {What}")]
        public static partial void StorageFailed(ILogger logger, string what);

        [LoggerMessage(LogLevel.Error, "{What}; plain text was shown instead")]
        public static partial void TemplateFailed(ILogger logger, string what);
    }
}
