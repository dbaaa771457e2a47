using System.Collections.Frozen;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Syndication.Storage;

/// <summary>
/// Puts all on the disk that was written to a folder's file system, in one go: for many files that is far cheaper than one by one. One
/// caller at a time.
/// </summary>
internal sealed class VolumeSync : IDisposable
{
    /// <summary>Where syncfs(2) is known to reach the disk; on other file systems, such as a network's, each file is to be flushed.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal, "ext2", "ext3", "ext4", "xfs", "btrfs");

    /// <summary>From this Linux on it tells what could not be written since the folder was opened.</summary>
    private static readonly Version Tells = new(5, 8);

    private static readonly SyncFileSystem? Call = OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "syncfs", out nint call)
        ? Marshal.GetDelegateForFunctionPointer<SyncFileSystem>(call)
        : null;

    private readonly SafeFileHandle _folder;

    private VolumeSync(SafeFileHandle folder) => _folder = folder;

    /// <summary>To be opened before the files are written. Null where it cannot be relied on.</summary>
    /// <exception cref="IOException">The folder cannot be opened.</exception>
    public static VolumeSync? TryOpen(string folder) =>
        Call is not null && Environment.OSVersion.Version >= Tells && Known.Contains(new DriveInfo(folder).DriveFormat)
            ? new VolumeSync(FolderSync.Open(folder))
            : null;

    /// <summary>Returns when all that was written before is on the disk.</summary>
    /// <exception cref="IOException">The disk does not do it; any of the files may be lost.</exception>
    public void Flush()
    {
        if (Call!(_folder) != 0)
        {
            throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }
    }

    public void Dispose() => _folder.Dispose();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    private delegate int SyncFileSystem(SafeFileHandle folder);
}
