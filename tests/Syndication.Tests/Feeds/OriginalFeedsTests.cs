using System.Xml.Linq;
using Syndication.Tests.Support;

namespace Syndication.Tests.Feeds;

/// <summary>
/// Each folder of Originals/ has a site and what jekyll-feed 0.17 (Jekyll 4.3) or Hugo 0.111 wrote of it, a line for each of its feeds:
/// path, title, and the ids of the entries. "-" is a title that we give otherwise: jekyll-feed gives the feeds of all tags that of the
/// site, Hugo's sections may have one in _index.md, and of several spaces we keep one. Lines with # are feeds that we do not have, and why.
/// </summary>
public sealed class OriginalFeedsTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Path.Join(AppContext.BaseDirectory, "Originals")).Select(d => Path.GetFileName(d)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task FeedsOfTheReplacedToolStayWhereTheyWereWithTheSamePosts(string name)
    {
        using TempFolder output = new();
        string folder = Path.Join(AppContext.BaseDirectory, "Originals", name);
        TestTerminal terminal = new(output.Path);

        Assert.Equal(0, await terminal.RunAsync(["build", "--site", Path.Join(folder, "site"), "--output", output.Path]));

        string[] originals = [.. (await File.ReadAllLinesAsync(Path.Join(folder, "original.txt"), TestContext.Current.CancellationToken)).Where(line => !line.StartsWith('#'))];
        Assert.Equal(originals, originals.Select(original => Line(output.Path, original.Split('\t')[..2])));
    }

    private static string Line(string folder, string[] original)
    {
        string file = Path.Join(folder, original[0]);
        if (!File.Exists(file))
        {
            return original[0] + " is missing";
        }

        XElement root = XElement.Load(file);
        bool isAtom = root.Name.LocalName == "feed";
        string title = isAtom ? root.Element(Atom + "title")!.Value : root.Element("channel")!.Element("title")!.Value;
        IEnumerable<string> ids = isAtom
            ? root.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value)
            : root.Element("channel")!.Elements("item").Select(item => item.Element("guid")!.Value);
        return string.Join('\t', [original[0], original[1] == "-" ? "-" : title, .. ids]);
    }
}
