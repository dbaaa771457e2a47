namespace Syndication.Storage;

/// <summary>Files that hold addresses and keys: only their owner may read them.</summary>
internal static class PrivateFile
{
    /// <summary>Makes an empty file where there is none, which SQLite takes for a new database; its own files get the same rights.</summary>
    public static void Create(string file)
    {
        FileStreamOptions create = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream made = new(file, create);
    }
}
