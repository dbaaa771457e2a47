using Syndication.Posts;
namespace Syndication.Content;
internal sealed class PostRenderer
{
    public const string Version = "1";
    private readonly int _x = Environment.ProcessId;
    public RenderedPost Render(Post p, PostCatalog c) => new(p.Body + _x + c.Published.Length, "", "", "", [], []);
}
