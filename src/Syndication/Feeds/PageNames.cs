namespace Syndication.Feeds;

/// <summary>Where a page lies in the output folder.</summary>
internal static class PageNames
{
    /// <summary>The page that lists the feeds.</summary>
    public const string Landing = "index.html";

    /// <summary>The file's name below the output folder, decoded, with forward slashes; a permalink that is a folder is its index.html.</summary>
    public static string Of(string permalink)
    {
        string path = Uri.UnescapeDataString(permalink).TrimStart('/');
        return path.Length == 0 || path.EndsWith('/') ? path + "index.html"
            : Path.GetExtension(path).Length > 0 ? path
            : path + ".html";
    }

    /// <summary>Whether a name is one of a file below the folder it is meant for, and of no other.</summary>
    public static bool IsInside(string name) => !name.Contains('\0', StringComparison.Ordinal) && !name.Split('/').Any(part => part is "." or "..");

    /// <summary>The media type of a file that is served from the output folder, by its name.</summary>
    public static string MediaTypeOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".html" or ".htm" => "text/html; charset=utf-8",
        ".xml" => "application/xml",
        ".json" => "application/json",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".avif" => "image/avif",
        ".svg" => "image/svg+xml",
        ".pdf" => "application/pdf",
        ".txt" => "text/plain; charset=utf-8",
        ".mp3" => "audio/mpeg",
        ".m4a" => "audio/mp4",
        ".ogg" => "audio/ogg",
        ".mp4" => "video/mp4",
        ".webm" => "video/webm",
        _ => "application/octet-stream",
    };
}
