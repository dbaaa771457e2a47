using System.Collections.Immutable;
using Syndication.Posts;

namespace Syndication.Feeds;

/// <summary>
/// The folder that a web server can serve. A file is written whole under another name and then renamed, only when it differs,
/// and only files that were written here are ever removed: a list of them lies in the folder. One thread at a time.
/// </summary>
internal sealed class OutputFolder
{
    public const string ListName = ".syndication.json";

    private readonly string _root;
    private readonly bool _isPacked;
    private readonly OutputList _list;

    /// <param name="root">Absolute path; made when the first file is written.</param>
    /// <param name="isPacked">Whether each text is to have its <see cref="PackedForms"/> beside it.</param>
    public OutputFolder(string root, bool isPacked = false)
    {
        _isPacked = isPacked;
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

        // Without the list every file is somebody else's: at worst a page that is no more wanted stays.
        _list = Read(ListName) is byte[] json && OutputList.TryRead(json) is OutputList list ? list : OutputList.Empty;
        foreach (string name in _list.Files.Keys.Where(name => TryAbsolute(name) is null).ToArray())
        {
            _list.Files.Remove(name);
        }

        Posts = _list.Posts;
    }

    /// <summary>Makes the folder, and says why nothing can be written to it; null where it can.</summary>
    /// <param name="root">Absolute path.</param>
    public static string? Obstacle(string root)
    {
        if (File.Exists(root))
        {
            return $"'{root}' is a file";
        }

        try
        {
            Directory.CreateDirectory(root);
            using FileStream probe = new(
                Path.Join(root, $".{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"'{root}' cannot be written to: {e.Message}";
        }
    }

    /// <summary>The posts that a build without a database knows; kept with the list.</summary>
    public ImmutableArray<KnownPost> Posts { get; set; }

    /// <summary>The files that were written here, by name, without their compressed forms; some may be gone.</summary>
    public IEnumerable<KeyValuePair<string, WrittenFile>> Files => _list.Files.Where(file => file.Value.Key.Length > 0 && PlainOf(file.Key) is null);

    /// <summary>What lies in the folder under this name, when it was written here and is still there.</summary>
    public WrittenFile? Find(string name) =>
        _list.Files.GetValueOrDefault(name) is WrittenFile { Key.Length: > 0 } file && File.Exists(Absolute(name)) ? file : null;

    /// <summary>As the other overload, and only when it was written with this key.</summary>
    public WrittenFile? Find(string name, string key) => Find(name) is WrittenFile file && file.Key == key ? file : null;

    /// <summary>The absolute path of a name, or null when it would lie outside of the folder or be no file name.</summary>
    public string? TryAbsolute(string name)
    {
        try
        {
            return Absolute(name);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Keeps in the list which files are about to be written, so that those of a run that is killed are known as ours later. A file
    /// of somebody else stays somebody else's.
    /// </summary>
    /// <exception cref="IOException">The list cannot be written.</exception>
    public void Announce(IEnumerable<string> names)
    {
        int before = _list.Files.Count;
        foreach (string name in names.Concat(names.SelectMany(PackedOf)).Where(name => !_list.Files.ContainsKey(name) && !IsForeign(name)))
        {
            _list.Files[name] = new WrittenFile("", []);
        }

        if (_list.Files.Count > before)
        {
            Save();
        }
    }

    /// <summary>Writes a file of which no other maker is thought: a feed stands where the replaced tool's stood.</summary>
    /// <param name="name">Below the folder, with forward slashes.</param>
    /// <param name="key">What the content depends on, not empty; see <see cref="Find(string, string)"/>.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="needs">Names of other files that this one shows.</param>
    /// <exception cref="IOException">It cannot be written, or the name leaves the folder.</exception>
    public void Write(string name, string key, ReadOnlySpan<byte> bytes, ImmutableArray<string> needs = default)
    {
        Replace(Absolute(name), bytes);
        _list.Files[name] = new WrittenFile(key, needs.IsDefault ? [] : needs);
        Pack(name, key);
    }

    /// <summary>Begins a file that is written bit by bit; it is to be given to <see cref="Take"/>.</summary>
    /// <exception cref="IOException">It cannot be made, or the name leaves the folder.</exception>
    public NewFile Create(string name)
    {
        string path = Absolute(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new NewFile(name, Temporary(path));
    }

    /// <summary>Puts a written file in its place, unless what lies there has the same content.</summary>
    /// <param name="file">What was written.</param>
    /// <param name="source">What it was made of; see <see cref="HasOf"/>.</param>
    /// <returns>Its key in the list.</returns>
    /// <exception cref="IOException">The disk is full, or something is in the way.</exception>
    public string Take(NewFile file, string source)
    {
        string path = Absolute(file.Name);
        string hash = file.Finish();
        if (HashOf(path) != hash)
        {
            File.Move(file.WrittenAs, path, overwrite: true);
        }

        string key = $"{source}.{hash}";
        _list.Files[file.Name] = new WrittenFile(key, []);
        Pack(file.Name, key);
        return key;
    }

    /// <summary>The key of a file that was made of the same and still has the same content; else null.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="source">What it would be made of; null = whatever a build made it of.</param>
    public string? HasOf(string name, string? source) =>
        Find(name)?.Key is string key && key.Split('.') is [string made, string hash] && made == (source ?? made) && HashOf(Absolute(name)) == hash ? key : null;

    /// <summary>Whether a file of this name is somebody else's, and so must stay as it is.</summary>
    public bool IsForeign(string name) => !_list.Files.ContainsKey(name) && Path.Exists(Absolute(name));

    /// <summary>Whether there is a file of this name with just these bytes.</summary>
    public bool Has(string name, ReadOnlySpan<byte> bytes) => HasContent(Absolute(name), bytes);

    /// <summary>Removes all files written here whose name is not among these, and folders that became empty; then keeps the list.</summary>
    /// <exception cref="IOException">Some files could not be removed; they stay in the list, which is kept all the same.</exception>
    public void Finish(IReadOnlySet<string> keep)
    {
        Exception? failure = null;
        foreach (string name in _list.Files.Keys.Where(name => !keep.Contains(name) && !(_isPacked && PlainOf(name) is string plain && keep.Contains(plain))).ToArray())
        {
            Try(() =>
            {
                Remove(Absolute(name));
                _list.Files.Remove(name);
            });
        }

        // Those of files that were written before they were asked for.
        foreach (string name in _isPacked ? keep : ImmutableHashSet<string>.Empty)
        {
            Try(() => Pack(name, Find(name)?.Key ?? ""));
        }

        Save();
        if (failure is not null)
        {
            throw new IOException(failure.Message, failure);
        }

        void Try(Action work)
        {
            try
            {
                work();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failure = e;
            }
        }
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

    private IEnumerable<string> PackedOf(string name) => _isPacked && PackedForms.IsText(name) ? PackedForms.Endings.Select(ending => name + ending) : [];

    /// <summary>The name of our own file of which this is a compressed form, else null.</summary>
    private string? PlainOf(string name) => PackedForms.PlainOf(name) is string plain && _list.Files.ContainsKey(plain) ? plain : null;

    /// <summary>
    /// Writes the compressed forms of a file that lies there, unless they are of the same content. Those of our files are ours, whoever
    /// wrote them: one that fell behind would be sent in place of what the file says.
    /// </summary>
    private void Pack(string name, string key)
    {
        foreach (string packed in PackedOf(name).Where(packed => key.Length > 0 && Find(packed, key) is null))
        {
            string path = Absolute(packed);
            try
            {
                using FileStream plain = File.OpenRead(Absolute(name));
                using NewFile file = Create(packed);
                PackedForms.Write(plain, file.Stream, Path.GetExtension(packed));
                if (HashOf(path) != file.Finish())
                {
                    File.Move(file.WrittenAs, path, overwrite: true);
                }

                _list.Files[packed] = new WrittenFile(key, []);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Remove(path);
                throw;
            }
        }
    }

    private void Save() => Replace(Absolute(ListName), (_list with { Posts = Posts }).Write());

    private void Remove(string path)
    {
        // To delete in a folder that is gone is an error, while a file that is gone is as wanted.
        if (!File.Exists(path))
        {
            return;
        }

        File.Delete(path);
        for (string? folder = Path.GetDirectoryName(path);
            folder is not null && folder.Length > _root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any();
            folder = Path.GetDirectoryName(folder))
        {
            Directory.Delete(folder);
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
        string temporary = Temporary(path);
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

    private static string Temporary(string path) => $"{path}.{Environment.ProcessId}.tmp";

    private static string? HashOf(string path)
    {
        try
        {
            using FileStream? stream = File.Exists(path) ? File.OpenRead(path) : null;
            return stream is null ? null : FeedBytes.Hash(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasContent(string path, ReadOnlySpan<byte> bytes)
    {
        FileInfo file = new(path);
        return file.Exists && file.Length == bytes.Length && bytes.SequenceEqual(File.ReadAllBytes(path));
    }

    private string Absolute(string name)
    {
        string path = name.Contains('\0', StringComparison.Ordinal) ? _root : Path.GetFullPath(Path.Join(_root, name));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new IOException($"'{name}' would lie outside of the output folder");
    }
}
