using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Syndication.Posts;

/// <summary>
/// Which folder stands at a path: differs when another folder, a link or a mounted file system took its place, and stays the same
/// whatever is written in the folder.
/// </summary>
/// <param name="FinalPath">Where the path leads when links are followed.</param>
/// <param name="Device">The file system's number; 0 where the system has none.</param>
/// <param name="Number">The folder's number in its file system, which the next one may have when it is removed; 0 where the system has none.</param>
/// <param name="Made">The time of its making, in a unit of the system; 0 where the file system keeps none.</param>
internal readonly partial record struct RootIdentity(string FinalPath, long Device, long Number, long Made)
{
    /// <summary>The folder's identity, or null when there is none to be read.</summary>
    public static RootIdentity? Of(string folder)
    {
        try
        {
            DirectoryInfo named = new(folder);
            if (!named.Exists)
            {
                return null;
            }

            FileSystemInfo final = named.ResolveLinkTarget(returnFinalTarget: true) ?? named;
            return OperatingSystem.IsLinux() ? OnLinux(final.FullName) : new RootIdentity(final.FullName, 0, 0, final.CreationTimeUtc.Ticks);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>.NET does not tell a file's number, and on Linux its CreationTime changes with the folder's content: so statx(2), whose layout is fixed.</summary>
    private static RootIdentity? OnLinux(string path)
    {
        const int currentFolder = -100;
        const uint inodeNumber = 0x100;
        const uint birthTime = 0x800;
        byte[] result = new byte[256];
        if (statx(currentFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, inodeNumber | birthTime, result) != 0)
        {
            return null;
        }

        bool hasBirthTime = (BinaryPrimitives.ReadUInt32LittleEndian(result) & birthTime) != 0;
        long seconds = BinaryPrimitives.ReadInt64LittleEndian(result.AsSpan(80));
        long made = hasBirthTime ? unchecked((seconds * 1_000_000_000) + BinaryPrimitives.ReadUInt32LittleEndian(result.AsSpan(88))) : 0;
        long device = BinaryPrimitives.ReadInt64LittleEndian(result.AsSpan(136));
        return new RootIdentity(path, device, BinaryPrimitives.ReadInt64LittleEndian(result.AsSpan(32)), made);
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] result);
}
