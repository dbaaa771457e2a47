using System.Security.Cryptography;
using System.Text;

namespace Syndication.Storage;

/// <summary>Where a database is at home: a copy of it elsewhere must not mail the same readers.</summary>
/// <param name="Folder">The data folder, absolute.</param>
/// <param name="Machine">A hash of the machine's id; null where there is none that lasts.</param>
internal sealed record InstancePlace(string Folder, string? Machine)
{
    private const string MachineId = "/etc/machine-id";

    /// <summary>A container's machine id is its image's, or a new one with each start: its data folder comes from outside.</summary>
    private static readonly string[] SignsOfContainers = ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"];

    /// <param name="folder">The data folder.</param>
    public static InstancePlace Of(string folder) => new(Path.GetFullPath(folder), ReadMachine());

    /// <summary>Same folder, and the same machine as far as that is known.</summary>
    public bool IsSameAs(InstancePlace other) =>
        Folder == other.Folder && (Machine is null || other.Machine is null || Machine == other.Machine);

    /// <summary>The id is not to be told to others as it is (machine-id(5)).</summary>
    private static string? ReadMachine()
    {
        if (SignsOfContainers.Any(File.Exists))
        {
            return null;
        }

        try
        {
            string id = File.ReadAllText(MachineId).Trim();
            return id.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"syndication {id}")))[..32];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
