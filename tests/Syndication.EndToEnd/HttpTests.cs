using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd;

/// <summary>What feed readers, browsers and strangers get over HTTP.</summary>
public sealed class HttpTests
{
    [Theory]
    [InlineData("/feed.xml", "application/rss+xml")]
    [InlineData("/atom.xml", "application/atom+xml")]
    [InlineData("/feed.json", "application/feed+json")]
    public async Task AFeedIsSentOnceAndThenOnlyWhenItChanged(string path, string mediaType)
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        using HttpResponseMessage first = await service.GetAsync(path);
        Assert.Equal(mediaType, first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", first.Content.Headers.ContentType.CharSet);
        EntityTagHeaderValue etag = Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag);
        DateTimeOffset modified = Assert.IsType<DateTimeOffset>(first.Content.Headers.LastModified);

        using HttpResponseMessage byTag = await AskAsync(service, path, h => h.IfNoneMatch.Add(etag));
        using HttpResponseMessage byDate = await AskAsync(service, path, h => h.IfModifiedSince = modified);
        using HttpResponseMessage older = await AskAsync(service, path, h => h.IfModifiedSince = modified.AddSeconds(-1));
        Assert.Equal(HttpStatusCode.NotModified, byTag.StatusCode);
        Assert.Equal(etag, byTag.Headers.ETag);
        Assert.Empty(await byTag.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotModified, byDate.StatusCode);
        Assert.Equal(HttpStatusCode.OK, older.StatusCode);

        work.Post("second.md", "Second");
        await service.UntilThereAsync("Second");
        using HttpResponseMessage changed = await AskAsync(service, path, h => h.IfNoneMatch.Add(etag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(etag, changed.Headers.ETag);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task CompressedFeedsAreTheSameBytes(string coding)
    {
        using Workspace work = new();
        work.Archive(20);
        await using Service service = await Service.StartAsync(work);
        foreach (string path in (string[])["/feed.xml", "/atom.xml", "/feed.json"])
        {
            using HttpResponseMessage plain = await service.GetAsync(path);
            using HttpResponseMessage packed = await AskAsync(service, path, h => h.AcceptEncoding.ParseAdd(coding));
            Assert.Empty(plain.Content.Headers.ContentEncoding);
            Assert.Equal([coding], packed.Content.Headers.ContentEncoding);
            Assert.Contains("Accept-Encoding", packed.Headers.Vary);
            Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);

            Stream body = await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await using Stream unpacked = coding == "gzip" ? new GZipStream(body, CompressionMode.Decompress) : new BrotliStream(body, CompressionMode.Decompress);
            using MemoryStream bytes = new();
            await unpacked.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Assert.Equal(await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), bytes.ToArray());
            Assert.True(packed.Content.Headers.ContentLength < plain.Content.Headers.ContentLength);

            using HttpResponseMessage again = await AskAsync(service, path, h =>
            {
                h.AcceptEncoding.ParseAdd(coding);
                h.IfNoneMatch.Add(packed.Headers.ETag!);
            });
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/feed.xml")]
    [InlineData("/feed.json")]
    [InlineData("/first/")]
    public async Task HeadHasTheHeadersOfGetAndNoBody(string path)
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);
        await UntilServedAsync(service, path);

        using HttpResponseMessage get = await service.GetAsync(path);
        using HttpResponseMessage head = await service.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task NobodyChangesAnythingThroughAFeed(string method)
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        using HttpResponseMessage answer = await service.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/feed.xml"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task PathsThatLeadOutOfTheSiteAreNotFound()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Write("secret.txt", "secret");
        await using Service service = await Service.StartAsync(work);

        // Sent as they are: a client of .NET would take the dots away.
        foreach (string path in (string[])
        [
            "/../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2f..%2fetc%2fpasswd", "/first/../../../../etc/passwd",
            "/%2e%2e%2fsyndication.db", "/../syndication.db", "/..%5c..%5csecret.txt", "/....//....//secret.txt", "//etc/passwd", "/%00", "/first/%00",
            "/.syndication.json", "/first.md", "/posts/first.md", "/data/syndication.db", "/nothing", "/first/index.html/",
        ])
        {
            string answer = await RawAsync(service, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Assert.True(
                answer.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal),
                $"{path}: {answer}");
            Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        }

        await service.ItemAsync("First");
        Assert.Empty(service.Printed("error:"));
    }

    [Fact]
    public async Task NoiseInPlaceOfARequestHarmsNobody()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        await using Service service = await Service.StartAsync(work);

        foreach (string noise in (string[])
        [
            "\0\u0001\u0002\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", $"GET /{new string('a', 100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 100_000)}\r\n\r\n",
        ])
        {
            Assert.DoesNotContain("HTTP/1.1 200", await RawAsync(service, noise), StringComparison.Ordinal);
        }

        using HttpResponseMessage oddHeaders = await AskAsync(service, "/feed.xml", h =>
        {
            h.TryAddWithoutValidation("Accept-Encoding", ";;q=,br;q=x,,gzip;q=9e99");
            h.TryAddWithoutValidation("If-None-Match", "\",,W/,*x");
            h.TryAddWithoutValidation("If-Modified-Since", "yesterday");
        });
        Assert.Equal(HttpStatusCode.OK, oddHeaders.StatusCode);
        Assert.Empty(service.Printed("error:"));
        await service.StopAsync();
    }

    [Fact]
    public async Task ThePageOfAPostAndItsImageAreServedAndNoOtherFile()
    {
        using Workspace work = new();
        byte[] picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
        work.Write("posts/first.md", "---\ntitle: First\n---\nLook: ![a picture](images/shown.png) and ![another](.hidden.png)\n");
        work.Write("posts/images/shown.png", picture);
        work.Write("posts/images/unnamed.png", picture);
        work.Write("posts/.hidden.png", picture);
        work.Write("posts/notes.txt", "notes");
        work.Write("posts/_draft.md", Workspace.TextOf("Draft"));
        await using Service service = await Service.StartAsync(work);
        await UntilServedAsync(service, "/first/");

        FeedItem item = await service.ItemAsync("First");
        Assert.Equal($"{service.Url}/first/", item.Url);
        Assert.Contains($"src=\"{service.Url}/images/shown.png\"", item.Html, StringComparison.Ordinal);
        Assert.Contains("<h1", await service.TextAsync("/first/"), StringComparison.Ordinal);
        using HttpResponseMessage image = await service.GetAsync("/images/shown.png");
        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        Assert.Equal(picture, await image.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        foreach (string path in (string[])["/images/unnamed.png", "/.hidden.png", "/notes.txt", "/first.md", "/_draft.md", "/draft/"])
        {
            using HttpResponseMessage answer = await service.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task ThePageOfAPostFollowsItAndLeavesWithIt()
    {
        using Workspace work = new();
        work.Post("first.md", "First");
        work.Post("second.md", "Second");
        await using Service service = await Service.StartAsync(work);
        await UntilServedAsync(service, "/second/");

        work.Post("second.md", "Second, edited");
        await Eventually.IsAsync(
            async () => (await service.TextAsync("/second/")).Contains("Second, edited", StringComparison.Ordinal), () => "the edited page");
        work.Post("second.md", "Second, edited", "published: false");

        await Eventually.IsAsync(async () =>
        {
            using HttpResponseMessage answer = await service.GetAsync("/second/");
            return answer.StatusCode == HttpStatusCode.NotFound;
        }, () => "the page of the withdrawn post gone");
        Assert.False(File.Exists(work.In("data/public/second/index.html")));
    }

    private static Task<HttpResponseMessage> AskAsync(Service service, string path, Action<HttpRequestHeaders> headers)
    {
        HttpRequestMessage request = new(HttpMethod.Get, path);
        headers(request.Headers);
        return service.SendAsync(request);
    }

    /// <summary>Pages follow a moment after the feeds.</summary>
    private static Task UntilServedAsync(Service service, string path) => Eventually.IsAsync(async () =>
    {
        using HttpResponseMessage answer = await service.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.OK;
    }, () => $"{path} served");

    /// <summary>Sends these very bytes, and reads what is answered until the connection ends.</summary>
    private static async Task<string> RawAsync(Service service, string request)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        Uri url = new(service.Url);
        using TcpClient client = new();
        await client.ConnectAsync(url.Host, url.Port, stop);
        NetworkStream stream = client.GetStream();
        using MemoryStream answer = new();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), stop);
            await stream.CopyToAsync(answer, stop);
        }
        catch (IOException)
        {
            // The server may close before it has read everything.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
