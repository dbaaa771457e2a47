using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;
using Syndication.Feeds;

namespace Syndication.Web;

/// <summary>Answers every request from the published site of the moment: feeds from memory, pages and images from the output folder.</summary>
internal sealed class PublishedEndpoints(PublishedSiteSource published)
{
    private const string RevalidateAlways = "no-cache";

    public Task Answer(HttpContext context)
    {
        // All of this is public, so that a reader that runs in a browser may have it, and must see the validators to ask for no more than changed.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlExposeHeaders = "ETag, Last-Modified";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return AnswerOther(context);
        }

        PublishedSite site = published.Current;
        string path = SitePrefix.PathBelow(site.Prefix, context.Request.Path.Value ?? "/");
        if (site.Feeds.TryGetValue(path, out PublishedFeed? feed))
        {
            return feed.Readable is string readable && IsNavigation(context.Request) ? SendTo(context, site.Prefix + readable) : Answer(context, feed);
        }

        if (site.Moved.TryGetValue(path, out string? target))
        {
            return SendAway(context, target);
        }

        if (site.Files.TryGetValue(path, out PublishedFile? file))
        {
            return Answer(context, file);
        }

        return site.Pages.TryGetValue(path, out PublishedPage? page)
            ? Answer(context, "text/html; charset=utf-8", page.Hash, null, page.Bytes)
            : NotFound(context);
    }

    /// <summary>OPTIONS is what a browser asks first when a page of another origin would send If-None-Match (Fetch, CORS-preflight).</summary>
    private static Task AnswerOther(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, HEAD, OPTIONS";
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.AccessControlAllowMethods = "GET, HEAD";
        context.Response.Headers.AccessControlAllowHeaders = "*";
        context.Response.Headers.AccessControlMaxAge = "86400";
        return Task.CompletedTask;
    }

    /// <summary>
    /// Whether a person opens the address in a browser (Fetch Metadata, section 2.2). By Accept alone a cache would mix up who gets what,
    /// and readers send what browsers send.
    /// </summary>
    private static bool IsNavigation(HttpRequest request) => request.Headers["Sec-Fetch-Mode"] == "navigate";

    /// <summary>No cache keeps it, so that nobody else is sent there.</summary>
    private static Task SendTo(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);
        return Task.CompletedTask;
    }

    /// <summary>Says where something is now, or that it is gone for good; for an hour, so that a mistake is not kept for ever.</summary>
    private static Task SendAway(HttpContext context, string? target)
    {
        context.Response.Headers.CacheControl = "max-age=3600";
        if (target is not null)
        {
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = target;
            return Task.CompletedTask;
        }

        return Say(context, StatusCodes.Status410Gone, "Gone: this feed has ended, and its address may be forgotten.\n");
    }

    private static Task Answer(HttpContext context, PublishedFeed feed)
    {
        context.Response.Headers.Link = feed.Topic?.Links;
        if (!feed.Deltas.IsEmpty && HttpMethods.IsGet(context.Request.Method) && !IsThroughCache(context.Request)
            && DeltaRequest.Of(feed, context.Request.Headers["A-IM"], context.Request.Headers.IfNoneMatch) is (PublishedFeed delta, string since))
        {
            return Answer(context, feed, delta, since);
        }

        context.Response.Headers.Vary = "Accept-Encoding";
        bool isPacked = feed.Bytes.IsEmpty;
        (ReadOnlyMemory<byte> bytes, string? coding, string suffix) = Coded(context.Request, feed);
        if (coding is null && isPacked)
        {
            return Unpack(context, feed);
        }

        if (coding is not null)
        {
            context.Response.Headers.ContentEncoding = coding;
        }

        return Answer(context, feed.Definition.ContentType, feed.Hash + suffix, feed.LastModified, bytes);
    }

    /// <summary>
    /// Sends what is new since a version that the client has (RFC 3229 section 10.4.1). To caches that know nothing of this it must not
    /// look like the feed (section 10.8).
    /// </summary>
    private static async Task Answer(HttpContext context, PublishedFeed feed, PublishedFeed delta, string since)
    {
        (ReadOnlyMemory<byte> bytes, string? coding, string suffix) = Coded(context.Request, delta);
        IHeaderDictionary headers = context.Response.Headers;
        context.Response.StatusCode = StatusCodes.Status226IMUsed;
        headers["IM"] = "feed";
        headers["Delta-Base"] = since;
        headers.ETag = $"\"{feed.Hash}{suffix}\"";
        headers.LastModified = Date(feed.LastModified);
        headers.CacheControl = "no-store, im";
        headers.Vary = "Accept-Encoding, A-IM, If-None-Match";
        headers.AccessControlExposeHeaders = "ETag, Last-Modified, IM, Delta-Base";
        headers.ContentEncoding = coding;
        Describe(context.Response, feed.Definition.ContentType, bytes.Length);
        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>A cache that revalidates asks with the version that it has, which is not its client's: that would miss what came between.</summary>
    private static bool IsThroughCache(HttpRequest request) =>
        request.Headers.ContainsKey("Via") || request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("Forwarded");

    private static (ReadOnlyMemory<byte> Bytes, string? Coding, string Suffix) Coded(HttpRequest request, PublishedFeed feed) =>
        Encodings.Choose(request.Headers.AcceptEncoding, hasBrotli: !feed.Bytes.IsEmpty) switch
        {
            ContentCoding.Brotli => (feed.Brotli, "br", "-br"),
            ContentCoding.Gzip => (feed.Gzip, "gzip", "-gz"),
            _ => (feed.Bytes, null, ""),
        };

    private static string Date(DateTimeOffset instant) => instant.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>Sends the plain bytes of a feed that is in memory as gzip alone.</summary>
    private static async Task Unpack(HttpContext context, PublishedFeed feed)
    {
        if (TryNotModified(context, feed.Hash, feed.LastModified))
        {
            return;
        }

        Describe(context.Response, feed.Definition.ContentType, feed.Length);
        if (HttpMethods.IsGet(context.Request.Method) && MemoryMarshal.TryGetArray(feed.Gzip, out ArraySegment<byte> packed))
        {
            await using GZipStream plain = new(new MemoryStream(packed.Array!, packed.Offset, packed.Count, writable: false), CompressionMode.Decompress);
            await plain.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static Task Answer(HttpContext context, PublishedFile file)
    {
        if (TryNotModified(context, file.Hash, null))
        {
            return Task.CompletedTask;
        }

        FileInfo found = new(file.File);
        if (!found.Exists)
        {
            return NotFound(context);
        }

        Describe(context.Response, file.MediaType, found.Length);
        if (file.MediaType == "image/svg+xml")
        {
            // A picture may be opened as a page of its own, and an SVG could then run script.
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.SendFileAsync(file.File, context.RequestAborted);
    }

    private static async Task Answer(HttpContext context, string mediaType, string hash, DateTimeOffset? lastModified, ReadOnlyMemory<byte> bytes)
    {
        if (TryNotModified(context, hash, lastModified))
        {
            context.Response.Headers.ContentEncoding = StringValues.Empty;
            return;
        }

        Describe(context.Response, mediaType, bytes.Length);
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }

    /// <summary>What a body is, for clients that must not guess.</summary>
    private static void Describe(HttpResponse response, string mediaType, long length)
    {
        response.ContentType = mediaType;
        response.ContentLength = length;
        response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <summary>Sets the validators, and the status 304 when the client has these bytes already.</summary>
    private static bool TryNotModified(HttpContext context, string hash, DateTimeOffset? lastModified)
    {
        string etag = $"\"{hash}\"";
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = RevalidateAlways;
        if (lastModified is DateTimeOffset changed)
        {
            context.Response.Headers.LastModified = Date(changed);
        }

        bool has = Conditional.IsNotModified(
            context.Request.Headers.IfNoneMatch, context.Request.Headers.IfModifiedSince, etag, lastModified);
        if (has)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        }

        return has;
    }

    private static Task NotFound(HttpContext context) => Say(context, StatusCodes.Status404NotFound, "Not found.\n");

    private static Task Say(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
