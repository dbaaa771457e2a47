using Syndication.Site;

namespace Syndication.Posts;

/// <summary>How posts are found and read.</summary>
internal sealed class PostsOptions : IValidatedOptions
{
    /// <summary>The folder with the posts (--posts), where it is not the one that the generator prescribes.</summary>
    public string? Folder { get; set; }

    /// <summary>Show posts before their date; null = as the generator's configuration says.</summary>
    public bool? Future { get; set; }

    /// <summary>Show drafts; null = as the generator's configuration says.</summary>
    public bool? Drafts { get; set; }

    /// <summary>Largest file that is read as a post, in bytes: 1,024 to 100,000,000.</summary>
    public int MaxBytes { get; set; } = 16_000_000;

    public IEnumerable<InvalidOption> Invalid()
    {
        if (MaxBytes is < 1_024 or > 100_000_000)
        {
            yield return new InvalidOption(nameof(MaxBytes), "1024 to 100000000 bytes");
        }
    }
}
