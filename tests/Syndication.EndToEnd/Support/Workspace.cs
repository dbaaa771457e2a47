using System.Text;

namespace Syndication.EndToEnd.Support;

/// <summary>A new folder for one test, with a space in its name, that is deleted with all that is in it.</summary>
internal sealed class Workspace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("syndication end to end ").FullName;

    /// <summary>The folder posts/, which a program called in this workspace finds by itself. Made by the first post.</summary>
    public string Posts => In("posts");

    /// <summary>The absolute path of a name below the workspace.</summary>
    public string In(string name) => Path.GetFullPath(Path.Join(Folder, name));

    /// <summary>Writes a file, with the folders it needs.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        string path = In(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Read(string name) => File.ReadAllText(In(name));

    /// <summary>Writes a post into posts/.</summary>
    /// <param name="name">Its file, below posts/.</param>
    /// <param name="title">Its title.</param>
    /// <param name="fields">Further lines of front matter.</param>
    public string Post(string name, string title, params string[] fields) => Write($"posts/{name}", TextOf(title, fields));

    /// <summary>Writes this many posts, titled Post 1 and so on, each of a day of its own.</summary>
    public void Archive(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            Post($"2024-03-{i:00}-post-{i}.md", $"Post {i}");
        }
    }

    public static string TextOf(string title, params string[] fields) =>
        $"---\ntitle: \"{title}\"\n{string.Concat(fields.Select(f => f + "\n"))}---\nThe text of {title}.\n";

    public void Move(string name, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(to))!);
        if (Directory.Exists(In(name)))
        {
            Directory.Move(In(name), In(to));
        }
        else
        {
            File.Move(In(name), In(to));
        }
    }

    public void Delete(string name) => File.Delete(In(name));

    /// <summary>Every file below a folder: name, content, and the time of its last change.</summary>
    public IReadOnlyDictionary<string, (string Content, DateTime Written)> Files(string folder) =>
        Directory.EnumerateFiles(In(folder), "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(In(folder), f), f => (Convert.ToBase64String(File.ReadAllBytes(f)), File.GetLastWriteTimeUtc(f)));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
