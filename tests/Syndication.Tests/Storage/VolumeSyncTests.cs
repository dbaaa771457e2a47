using Syndication.Storage;
using Syndication.Tests.Support;

namespace Syndication.Tests.Storage;

public sealed class VolumeSyncTests
{
    [Fact]
    public void WhereAFileSystemIsKnownItIsFlushed()
    {
        using TempFolder folder = new();
        using VolumeSync? volume = VolumeSync.TryOpen(folder.Path);

        Assert.Equal(OperatingSystem.IsLinux() && new DriveInfo(folder.Path).DriveFormat is "ext2" or "ext3" or "ext4" or "xfs" or "btrfs", volume is not null);
        volume?.Flush();
    }

    [Fact]
    public void WhereItIsNotKnownEachFileIsToBeFlushed()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("/dev/shm is Linux's");
            return;
        }

        Assert.Null(VolumeSync.TryOpen("/dev/shm"));
    }
}
