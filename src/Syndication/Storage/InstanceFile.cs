using System.Text.Json;

namespace Syndication.Storage;

/// <summary>
/// instance.json in the data folder: what a database cannot know of itself when it was copied or put back. It is replaced whole, and
/// on the disk when a write returns.
/// </summary>
/// <param name="folder">The data folder.</param>
internal sealed class InstanceFile(string folder)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), "instance.json");

    /// <summary>Null when there is none, or none that this program wrote.</summary>
    /// <exception cref="StorageException">It may not be read.</exception>
    public InstanceRecord? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(Path), Form) is { Instance: string id, Folder: string home } content
                ? new InstanceRecord(id, content.Turn, new InstancePlace(home, content.Machine))
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
        catch (Exception e) when (StorageFailures.Translate(e, Path) is StorageException failure)
        {
            throw failure;
        }
    }

    /// <exception cref="StorageException">It cannot be written.</exception>
    public void Write(InstanceRecord record)
    {
        string temporary = Path + ".tmp";
        try
        {
            string home = System.IO.Path.GetDirectoryName(Path)!;
            Directory.CreateDirectory(home);
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write))
            {
                JsonSerializer.Serialize(file, new Content(record.Id, record.Turn, record.Place.Folder, record.Place.Machine), Form);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path, overwrite: true);
            FolderSync.Now(home);
        }
        catch (Exception e) when (StorageFailures.Translate(e, Path) is StorageException failure)
        {
            throw failure;
        }
    }

    private sealed record Content(string? Instance, long Turn, string? Folder, string? Machine);
}
