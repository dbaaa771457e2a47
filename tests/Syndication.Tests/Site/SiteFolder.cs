using Syndication.Site;

namespace Syndication.Tests.Site;

/// <summary>A folder for one test, gone with it.</summary>
internal sealed class SiteFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("site-").FullName;

    public SiteFolder(string name = "my-blog")
    {
        Root = Path.Combine(_parent, name);
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public SiteFolder With(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return this;
    }

    public SiteFolder WithBytes(string path, byte[] bytes)
    {
        With(path, "");
        File.WriteAllBytes(At(path), bytes);
        return this;
    }

    public SiteFolder WithFolder(string path)
    {
        Directory.CreateDirectory(At(path));
        return this;
    }

    public string At(string path) => Path.Combine(Root, path);

    public SiteRequest Request(SiteOptions? options = null) => new()
    {
        Folder = Root,
        FolderOrigin = new SettingOrigin("command line", null, "--site"),
        Options = options ?? new SiteOptions(),
        ListenUrl = new Uri("http://localhost:5080/"),
        SystemZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
    };

    public SiteReading Read(SiteOptions? options = null) => SiteReader.Read(Request(options));

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
