using System.Collections.Immutable;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>The post that a command line names: by its file, its id or its slug.</summary>
internal static class PostArgument
{
    /// <summary>The file that the argument names, absolute; null when it names none.</summary>
    public static string? FileOf(Terminal terminal, string text)
    {
        string absolute = Path.GetFullPath(text, terminal.CurrentFolder);
        return File.Exists(absolute) ? absolute : null;
    }

    /// <summary>The post, published or not; null when there is none or more than one, which is then told.</summary>
    public static Post? Find(Terminal terminal, PostsNow posts, string text)
    {
        Post[] all = [.. posts.Catalog.Published, .. posts.Catalog.Unpublished];
        if (FileOf(terminal, text) is string file)
        {
            string path = posts.Library.PathOf(file);
            return all.FirstOrDefault(p => p.Path == path) ?? Read(terminal, posts, file, path, text);
        }

        Post[] named = [.. all.Where(p => p.Id == text)];
        named = named.Length > 0 ? named : [.. all.Where(p => p.Slug.Equals(text, StringComparison.OrdinalIgnoreCase))];
        if (named.Length == 1)
        {
            return named[0];
        }

        string folder = terminal.Shown(posts.Catalog.Site.PostsFolder);
        terminal.PrintError(named.Length == 0
            ? $"there is no post '{text}' in {folder}: it is neither a file nor the id or slug of one"
            : $"'{text}' is the slug of {named.Length} posts in {folder}: {string.Join(", ", named.Select(p => p.Path))}; name one by its file");
        return null;
    }

    /// <summary>A file that the catalog leaves out, such as a draft in a folder of drafts, or one that is no post at all.</summary>
    private static Post? Read(Terminal terminal, PostsNow posts, string file, string path, string text)
    {
        PostReading reading = posts.Library.Reader.Read(path, File.ReadAllBytes(file), File.GetLastWriteTimeUtc(file));
        ImmutableArray<Problem> problems = [.. reading.Problems, .. posts.Catalog.Problems.Where(p => p.Source == path).Except(reading.Problems)];
        terminal.Print(problems);
        if (reading.Post is null && !problems.Any(p => p.Severity == Severity.Error))
        {
            terminal.PrintError($"'{text}' is no post of {terminal.Shown(posts.Catalog.Site.PostsFolder)}");
        }

        return reading.Post is Post post ? post with { Id = post.DerivedId } : null;
    }
}
