namespace Syndication.Posts;

/// <summary>What tells that a file was written again, without reading it.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">The file system's modification time.</param>
internal readonly record struct FileStamp(long Length, DateTimeOffset Modified);

/// <summary>A file's bytes, or why it could not be read. Exactly one of the two is set.</summary>
internal sealed record FileRead(string Path, FileStamp Stamp, byte[]? Bytes, string? Failure);
