using Syndication.Posts;
using Syndication.Tests.Support;

namespace Syndication.Tests.Posts;

public sealed class RootIdentityTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void AFolderStaysTheSameWhateverIsWrittenInIt()
    {
        string folder = Directory.CreateDirectory(Path.Join(_temp.Path, "posts")).FullName;
        RootIdentity? before = RootIdentity.Of(folder);
        File.WriteAllText(Path.Join(folder, "a.md"), "text");
        Directory.CreateDirectory(Path.Join(folder, "sub"));

        Assert.NotNull(before);
        Assert.Equal(before, RootIdentity.Of(folder));
    }

    [Fact]
    public void AnotherFolderOrALinkAtTheSamePathIsAnother()
    {
        string folder = Directory.CreateDirectory(Path.Join(_temp.Path, "posts")).FullName;
        RootIdentity? before = RootIdentity.Of(folder);
        Directory.Move(folder, Path.Join(_temp.Path, "moved"));
        Assert.Null(RootIdentity.Of(folder));
        Directory.CreateSymbolicLink(folder, Path.Join(_temp.Path, "moved"));
        RootIdentity? link = RootIdentity.Of(folder);
        Directory.Delete(folder);
        Directory.CreateDirectory(folder);

        Assert.NotEqual(before, link);
        Assert.NotEqual(before, RootIdentity.Of(folder));
    }

    [Fact]
    public async Task AFolderMadeAnewIsAnotherThoughItsNumberIsUsedAgain()
    {
        string folder = Directory.CreateDirectory(Path.Join(_temp.Path, "posts")).FullName;
        HashSet<RootIdentity?> seen = [RootIdentity.Of(folder)];
        for (int i = 0; i < 5; i++)
        {
            Directory.Delete(folder);

            // The file system counts time in steps of a few milliseconds.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            Directory.CreateDirectory(folder);
            Assert.True(seen.Add(RootIdentity.Of(folder)));
        }
    }
}
