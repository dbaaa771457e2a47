using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Where the catalog of the moment stands for the stages after it. Safe for any number of threads.</summary>
internal sealed class PostCatalogSource : IDisposable
{
    private volatile PostCatalog? _current;

    /// <summary>Raised after <see cref="Current"/> was replaced.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>The newest catalog; null until the posts were read for the first time.</summary>
    public PostCatalog? Current => _current;

    /// <summary>When an earlier run last saw the whole folder; null when none did. Set before the first catalog.</summary>
    public DateTimeOffset? PreviousScan { get; set; }

    public void Replace(PostCatalog catalog)
    {
        _current = catalog;
        Changed.Raise();
    }

    public void Dispose() => Changed.Dispose();
}
