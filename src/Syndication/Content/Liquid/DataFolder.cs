using System.Collections.Concurrent;
using System.Text;
using Fluid.Values;
using Syndication.Site;

namespace Syndication.Content.Liquid;

/// <summary>
/// The files of a Jekyll site's _data folder as site.data shows them: YAML, JSON, and tables of CSV and TSV, folders within
/// folders. Read when a template asks for them, and again when they change; only from within the site. For any number of threads.
/// </summary>
internal sealed class DataFolder
{
    private const int MostRows = 10_000;

    /// <summary>Endings in the order in which Jekyll's value would win.</summary>
    private static readonly string[] Endings = [".yml", ".yaml", ".json", ".csv", ".tsv"];

    /// <summary>What was read while all data had this digest: bodies of one moment see one state of it.</summary>
    private volatile Reading _last = new("");

    /// <summary>The data of a site; nil without a folder of it.</summary>
    public FluidValue Of(SiteDefinition site, BodyReads reads)
    {
        string folder = site.Configuration.Get("data_dir") as string is { Length: > 0 } named ? named : "_data";
        string digest = reads.Folder(folder);
        Reading reading = _last;
        if (reading.Digest != digest)
        {
            _last = reading = new Reading(digest);
        }

        return SitePaths.Below(site.Root, folder) is string path && Directory.Exists(path) ? Folder(path, reading) : NilValue.Instance;
    }

    private static DictionaryValue Folder(string path, Reading reading)
    {
        IEnumerable<string> names = Directory.EnumerateFileSystemEntries(path)
            .Select(p => Directory.Exists(p) ? Path.GetFileName(p) : Path.GetFileNameWithoutExtension(p))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new DictionaryValue(new LazyMap(names, name => Entry(path, name, reading)));
    }

    private static FluidValue? Entry(string folder, string name, Reading reading)
    {
        if (name.AsSpan().ContainsAny("/\\\0") || name is "" or "." or "..")
        {
            return null;
        }

        string path = Path.Combine(folder, name);
        FileInfo? file = Endings.Select(e => new FileInfo(path + e)).FirstOrDefault(f => f.Exists && f.LinkTarget is null);
        return file is not null ? Read(file, reading) : Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null ? Folder(path, reading) : null;
    }

    /// <summary>A file that cannot be read counts as missing: the settings' own check says why.</summary>
    private static FluidValue? Read(FileInfo file, Reading reading)
    {
        if (reading.Files.TryGetValue(file.FullName, out FluidValue? known))
        {
            return known;
        }

        try
        {
            string text = ConfigurationFile.ReadText(file.FullName).Replace("\r\n", "\n", StringComparison.Ordinal);
            FluidValue value = file.Extension switch
            {
                ".json" => LiquidValues.Of(JsonReader.Read("{\"data\":" + text + "}", 1, ignoreCase: false).Get("data")),
                ".csv" => Table(text, ','),
                ".tsv" => Table(text, '\t'),
                _ => LiquidValues.Of(Yaml(text)),
            };
            reading.Files[file.FullName] = value;
            return value;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DataFormatException)
        {
            return null;
        }
    }

    /// <summary>A list at the root is read as the value of a key: the reader knows mappings only.</summary>
    private static object? Yaml(string text)
    {
        string body = text;
        while (body.StartsWith('#') || body.StartsWith("---", StringComparison.Ordinal) || body.StartsWith('\n'))
        {
            int end = body.IndexOf('\n', StringComparison.Ordinal);
            body = end < 0 ? "" : body[(end + 1)..];
        }

        return body.StartsWith('-') || body.StartsWith('[')
            ? YamlReader.Read("data:\n" + (body[0] == '[' ? " " : "") + body, 1, ignoreCase: false).Get("data")
            : YamlReader.Read(body, 1, ignoreCase: false);
    }

    /// <summary>Rows as mappings by the names in the first one.</summary>
    private static ArrayValue Table(string text, char comma)
    {
        List<List<string?>> rows = Rows(text, comma);
        return new ArrayValue([.. rows.Skip(1).Select(row => (FluidValue)new DictionaryValue(new LazyMap(
            rows[0].OfType<string>(),
            name => rows[0].IndexOf(name) is int at && at >= 0 && at < row.Count ? LiquidValues.Of(row[at]) : null)))]);
    }

    private static List<List<string?>> Rows(string text, char comma)
    {
        List<List<string?>> rows = [];
        List<string?> row = [];
        StringBuilder cell = new();
        bool quoted = false;
        bool wasQuoted = false;
        for (int at = 0; at <= text.Length && rows.Count < MostRows; at++)
        {
            char c = at < text.Length ? text[at] : '\n';
            if (quoted && at < text.Length)
            {
                bool isQuote = c == '"';
                bool isDouble = isQuote && at + 1 < text.Length && text[at + 1] == '"';
                quoted = !isQuote || isDouble;
                cell.Append(isQuote && !isDouble ? "" : c.ToString());
                at += isDouble ? 1 : 0;
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = wasQuoted = true;
            }
            else if (c == comma || c == '\n')
            {
                row.Add(cell.Length > 0 || wasQuoted ? cell.ToString() : null);
                cell.Clear();
                wasQuoted = false;
                if (c == '\n')
                {
                    rows.AddRange(row is [null] ? [] : [row]);
                    row = [];
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        return rows;
    }

    private sealed class Reading(string digest)
    {
        public string Digest { get; } = digest;

        public ConcurrentDictionary<string, FluidValue> Files { get; } = new(StringComparer.Ordinal);
    }
}
