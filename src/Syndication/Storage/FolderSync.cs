using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Syndication.Storage;

/// <summary>Makes renames in a folder outlive a power failure; callers that come while one is under way share the next. Safe for any number of threads.</summary>
internal sealed class FolderSync(string folder)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private bool _isNamed;

    /// <summary>Ends when everything that was renamed before the call is on the disk.</summary>
    /// <exception cref="IOException">The disk does not do it.</exception>
    public Task WaitAsync()
    {
        lock (_lock)
        {
            // The one under way may have begun before the caller's rename; the one after it has not.
            return _next ??= FollowAsync(_running);
        }
    }

    private async Task FollowAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _running = _next!;
            _next = null;
        }

        if (!_isNamed)
        {
            KeepName();
            _isNamed = true;
        }

        Now(folder);
    }

    /// <summary>The folder itself may be new, in this run or in one that was killed.</summary>
    private void KeepName()
    {
        try
        {
            Now(Path.GetDirectoryName(folder)!);
        }
        catch (IOException)
        {
            // A folder above that may not be read was not made by this program.
        }
    }

    /// <summary>
    /// Returns when what was made, renamed or deleted in a folder is on the disk. .NET opens no folders, so open(2); Windows keeps its
    /// folders in order by itself.
    /// </summary>
    /// <exception cref="IOException">The disk does not do it.</exception>
    public static void Now(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using SafeFileHandle handle = Open(folder);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Opens a folder, on anything but Windows.</summary>
    /// <exception cref="IOException">It is not there, or may not be read.</exception>
    public static SafeFileHandle Open(string folder)
    {
        const int readOnly = 0;
        SafeFileHandle handle = new(open(Encoding.UTF8.GetBytes(folder + '\0'), readOnly), ownsHandle: true);
        return handle.IsInvalid ? throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message) : handle;
    }

    [DllImport("libc", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);
}
