namespace Syndication.Tests.Support;

/// <summary>A new folder, with a space in its name, that is deleted with all that is in it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("syndication test ").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
