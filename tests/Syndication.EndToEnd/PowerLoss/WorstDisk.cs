using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd.PowerLoss;

/// <summary>A folder on a disk that keeps no more through a power failure than it must; power-loss.c says what that is.</summary>
/// <param name="work">Where the test is.</param>
/// <param name="folder">The folder's name in it.</param>
internal sealed class WorstDisk(Workspace work, string folder)
{
    private readonly IReadOnlyDictionary<string, string> _preloaded = Preloaded.Compile(work, "PowerLoss/power-loss.c");
    private string _shadow = "";
    private int _starts;

    /// <summary>How a program is started on this disk. What is there now is taken for durable.</summary>
    public Launch Launch(params IReadOnlyList<string> arguments)
    {
        _shadow = work.In($"shadow{++_starts}");
        Directory.CreateDirectory(_shadow);
        return new Launch
        {
            Folder = work.Folder,
            Arguments = arguments,
            Environment = new Dictionary<string, string>(_preloaded)
            {
                ["POWER_LOSS_FOLDER"] = work.In(folder),
                ["POWER_LOSS_SHADOW"] = _shadow,
            },
        };
    }

    /// <summary>The program was killed: leaves of the folder what the disk had to keep.</summary>
    public void Lose()
    {
        Directory.Delete(work.In(folder), recursive: true);
        Rebuild(work.In(folder), File.ReadAllText(Path.Join(_shadow, "root")));
        Directory.Delete(_shadow, recursive: true);
    }

    private void Rebuild(string target, string number)
    {
        Directory.CreateDirectory(target);
        string names = Path.Join(_shadow, "folders", number);
        foreach (string line in File.Exists(names) ? File.ReadAllLines(names) : [])
        {
            string[] parts = line.Split(' ', 3);
            string path = Path.Join(target, parts[2]);
            string content = Path.Join(_shadow, "files", parts[1]);
            if (parts[0] == "d")
            {
                Rebuild(path, parts[1]);
            }
            else if (File.Exists(content))
            {
                File.Copy(content, path);
            }
            else
            {
                File.WriteAllBytes(path, []);
            }
        }
    }
}
