using System.Security.Cryptography;

namespace Syndication.Feeds;

/// <summary>A file on its way into the output folder: written under another name, which is taken away again unless it is renamed.</summary>
internal sealed class NewFile : IDisposable
{
    private readonly SHA256 _hash = SHA256.Create();
    private readonly CryptoStream _hashed;

    /// <param name="name">Its name in the folder.</param>
    /// <param name="path">The absolute path to be written.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public NewFile(string name, string path)
    {
        (Name, WrittenAs) = (name, path);
        _hashed = new CryptoStream(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read), _hash, CryptoStreamMode.Write);
        Stream = new BufferedStream(_hashed, 64 * 1024);
    }

    public string Name { get; }

    public string WrittenAs { get; }

    public Stream Stream { get; }

    /// <summary>Ends it, and gives the hash of what was written; see <see cref="FeedBytes.Hash(ReadOnlySpan{byte})"/>.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public string Finish()
    {
        Stream.Flush();
        _hashed.Dispose();
        return FeedBytes.HashText(_hash.Hash);
    }

    public void Dispose()
    {
        try
        {
            _hashed.Dispose();
            File.Delete(WrittenAs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What the disk did not take is said by whoever wrote; the next build writes over what is left.
        }

        _hash.Dispose();
    }
}
