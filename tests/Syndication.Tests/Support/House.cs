namespace Syndication.Tests.Support;

/// <summary>The table of src/Syndication/README.md: which folder may use which, and where each library is at home.</summary>
internal sealed class House
{
    /// <summary>Words of the table that are not the name of one assembly.</summary>
    private static readonly Dictionary<string, string[]> Assemblies = new(StringComparer.Ordinal)
    {
        ["YAML"] = ["YamlDotNet"],
        ["TOML parsers"] = ["Tomlyn"],
        ["Microsoft.Data.Sqlite"] = ["Microsoft.Data.Sqlite", "SQLitePCLRaw"],
        ["DbUp"] = ["dbup-core", "dbup-sqlite", "dbup-postgresql"],
        ["Fluid"] = ["Fluid", "Parlot"],
        ["ASP.NET Core"] = ["Microsoft.AspNetCore", "Microsoft.Net.Http.Headers"],
    };

    private readonly Dictionary<string, HashSet<string>> _mayUse = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _homes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _storesOnly = new(StringComparer.Ordinal);

    private House()
    {
    }

    public IReadOnlyCollection<string> Folders => _mayUse.Keys;

    /// <summary>Reads the rows of the first table in the text.</summary>
    public static House Parse(string markdown)
    {
        House house = new();
        string[][] rows =
        [
            .. markdown.Split('\n').Where(l => l.StartsWith('|')).Skip(2).Select(l => l.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
        foreach (string[] row in rows)
        {
            house._mayUse[row[0]] = row[2] switch
            {
                "-" => [],
                "all" => [.. rows.Select(r => r[0])],
                string list => [.. Split(list, ", ")],
            };
            foreach (string segment in row[3] == "-" ? [] : Split(row[3], "; "))
            {
                house.AddHome(row[0], segment);
            }
        }

        string[] strangers = [.. house._mayUse.Values.Concat(house._homes.Values).SelectMany(f => f).Except(house.Folders).Distinct()];
        return strangers.Length == 0 ? house : throw new FormatException($"The table names folders without a row: {string.Join(", ", strangers)}");
    }

    /// <summary>What is wrong with this reference, in a line that names the row; null when the table allows it.</summary>
    public string? Objection(Reference reference)
    {
        string folder = FolderOf(reference.FromNamespace);
        string who = $"{reference.From} -> {reference.To}";
        if (reference.ToAssembly is not string assembly)
        {
            string target = FolderOf(reference.ToNamespace);
            return folder == target || _mayUse.GetValueOrDefault(folder, []).Contains(target)
                ? null
                : $"{who}: row {folder} may use {Listed(_mayUse.GetValueOrDefault(folder, []))}, not {target}";
        }

        string? library = _homes.Keys.FirstOrDefault(l => assembly == l || assembly.StartsWith(l + ".", StringComparison.Ordinal));
        if (library is null)
        {
            return IsPlatform(assembly) ? null : $"{who}: {assembly} has no home in the table";
        }

        return _storesOnly.Contains(library)
            ? (reference.From.EndsWith("Store", StringComparison.Ordinal) ? null : $"{who}: {library} is at home in every *Store")
            : _homes[library].Contains(folder) ? null : $"{who}: {library} is at home in {Listed(_homes[library])}, not in {folder}";
    }

    /// <summary>The folder of a namespace: its second part, and nothing for what lies outside of the house.</summary>
    public static string FolderOf(string space) => space.Split('.') is ["Syndication", string folder, ..] ? folder : "";

    /// <summary>One part of "home of": libraries joined by commas and "and", then in brackets or not "with" further folders.</summary>
    private void AddHome(string folder, string segment)
    {
        const string EveryStore = " in every *Store";
        bool storesOnly = segment.EndsWith(EveryStore, StringComparison.Ordinal);
        string[] parts = segment.Replace(EveryStore, "", StringComparison.Ordinal).Replace("(", "", StringComparison.Ordinal)
            .Replace(")", "", StringComparison.Ordinal).Split(" with ");
        foreach (string library in Split(parts[0], ", ").SelectMany(l => Split(l, " and ")).SelectMany(l => Assemblies.GetValueOrDefault(l, [l])))
        {
            HashSet<string> homes = _homes.TryGetValue(library, out HashSet<string>? known) ? known : _homes[library] = new(StringComparer.Ordinal);
            homes.Add(folder);
            homes.UnionWith(parts.Length > 1 ? Split(parts[1], ", ") : []);
            if (storesOnly)
            {
                _storesOnly.Add(library);
            }
        }
    }

    /// <summary>What every folder may use unless the table gives it a home.</summary>
    private static bool IsPlatform(string assembly) =>
        assembly is "System" or "mscorlib" or "netstandard" or "Microsoft.CSharp"
        || assembly.StartsWith("System.", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);

    private static string[] Split(string text, string separator) => text.Split(separator, StringSplitOptions.TrimEntries);

    private static string Listed(HashSet<string> names) => names.Count == 0 ? "nothing" : string.Join(", ", names);
}
