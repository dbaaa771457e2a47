using System.Collections.Immutable;
using System.Text.Json;

namespace Syndication.Feeds;

/// <summary>
/// The folder that a web server can serve. A file is written whole under another name and then renamed, only when it differs,
/// and only files that were written here are ever removed: a list of them lies in the folder. One thread at a time.
/// </summary>
internal sealed class OutputFolder
{
    private const string ListName = ".syndication.json";

    private static readonly JsonSerializerOptions ListFormat = new() { WriteIndented = true, NewLine = "\n" };

    private readonly string _root;
    private readonly Dictionary<string, WrittenFile> _written;

    /// <param name="root">Absolute path; made when the first file is written.</param>
    public OutputFolder(string root)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _written = ReadList();
    }

    /// <summary>What lies in the folder under this name, when it was written here with this key and is still there.</summary>
    public WrittenFile? Find(string name, string key) =>
        _written.GetValueOrDefault(name) is WrittenFile file && file.Key == key && File.Exists(Absolute(name)) ? file : null;

    /// <summary>The absolute path of a name, or null when it would lie outside of the folder or be no file name.</summary>
    public string? TryAbsolute(string name)
    {
        try
        {
            string path = Absolute(name);
            return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal)
                ? path
                : null;
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return null;
        }
    }

    /// <summary>Writes a file of which no other maker is thought: a feed stands where the replaced tool's stood.</summary>
    /// <param name="name">Below the folder, with forward slashes.</param>
    /// <param name="key">What the content depends on; see <see cref="Find"/>.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="needs">Names of other files that this one shows.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string name, string key, ReadOnlySpan<byte> bytes, ImmutableArray<string> needs = default)
    {
        Replace(Absolute(name), bytes);
        _written[name] = new WrittenFile(key, needs.IsDefault ? [] : needs);
    }

    /// <summary>Whether a file of this name is somebody else's, and so must stay as it is.</summary>
    public bool IsForeign(string name) => !_written.ContainsKey(name) && Path.Exists(Absolute(name));

    /// <summary>Removes all files written here whose name is not among these, and folders that became empty; then keeps the list.</summary>
    public void Finish(IReadOnlySet<string> keep)
    {
        foreach (string name in _written.Keys.Where(name => !keep.Contains(name)).ToArray())
        {
            string path = Absolute(name);
            File.Delete(path);
            _written.Remove(name);
            for (string? folder = Path.GetDirectoryName(path);
                folder is not null && folder.Length > _root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any();
                folder = Path.GetDirectoryName(folder))
            {
                Directory.Delete(folder);
            }
        }

        Replace(
            Path.Join(_root, ListName),
            JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, WrittenFile>(_written, StringComparer.Ordinal), ListFormat));
    }

    /// <summary>The bytes of a file in the folder, or null when there is none that can be read.</summary>
    public byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(Absolute(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file whole under another name and renames it, unless it has this content already.</summary>
    private static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        if (HasContent(path, bytes))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static bool HasContent(string path, ReadOnlySpan<byte> bytes)
    {
        FileInfo file = new(path);
        return file.Exists && file.Length == bytes.Length && bytes.SequenceEqual(File.ReadAllBytes(path));
    }

    private string Absolute(string name) => Path.GetFullPath(Path.Join(_root, name));

    private Dictionary<string, WrittenFile> ReadList()
    {
        try
        {
            byte[] list = File.ReadAllBytes(Path.Join(_root, ListName));
            return new(JsonSerializer.Deserialize<Dictionary<string, WrittenFile>>(list) ?? [], StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Without the list every file is somebody else's: at worst a page that is no more wanted stays.
            return new(StringComparer.Ordinal);
        }
    }
}

/// <param name="Key">What the content depended on when it was written.</param>
/// <param name="Needs">Names of other files in the folder that it shows.</param>
internal sealed record WrittenFile(string Key, ImmutableArray<string> Needs);
