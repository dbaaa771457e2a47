using System.Collections.Immutable;
using System.Text.Json;
using Syndication.Cli;

namespace Syndication.Tests.Cli;

/// <summary>The appsettings.json that is shipped is the documentation of the settings: it names them all, with their defaults.</summary>
public sealed class ShippedSettingsTests
{
    [Fact]
    public void TheShippedSettingsAreTheDefaultsOfTheCode()
    {
        ImmutableArray<OptionsSection> defaults = KnownOptions.New();
        ImmutableArray<OptionsSection> bound = KnownOptions.New();

        SettingsReading reading = SettingsReader.Read(
            new SettingsRequest { ProgramFolder = AppContext.BaseDirectory, CurrentFolder = Path.GetTempPath(), Environment = [] }, bound);

        Assert.Empty(reading.Problems);
        foreach ((OptionsSection shipped, OptionsSection code) in bound.Zip(defaults))
        {
            Assert.Equal(Values(code.Keys), Values(shipped.Keys));
        }

        Assert.Equal(Invocation.DefaultUrls, reading.Host["Urls"]);
    }

    [Fact]
    public void TheShippedSettingsNameEverySetting()
    {
        using JsonDocument shipped = JsonDocument.Parse(
            File.ReadAllText(Path.Join(AppContext.BaseDirectory, "appsettings.json")), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        foreach (OptionsSection section in KnownOptions.New())
        {
            Assert.Equal(Values(section.Keys).Select(k => k.Name).Order(), Names(shipped.RootElement.GetProperty(section.Name)).Order());
        }
    }

    [Fact]
    public void EverySettingHasACommentInTheShippedFile()
    {
        string[] lines = File.ReadAllLines(Path.Join(AppContext.BaseDirectory, "appsettings.json"));
        foreach (OptionsKey key in KnownOptions.New().SelectMany(s => s.Keys))
        {
            int line = Array.FindIndex(lines, l => l.TrimStart().StartsWith($"\"{key.Name}\"", StringComparison.Ordinal));

            // Settings that are told of together stand together, under one comment.
            while (lines[line].TrimStart().StartsWith('"'))
            {
                line--;
            }

            Assert.StartsWith("//", lines[line].TrimStart(), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<(string Name, object? Value)> Values(IEnumerable<OptionsKey> keys) => keys.SelectMany(key => key.Form switch
    {
        SettingForm.Section => Values(OptionsKey.Of(key.Value!)).Select(below => ($"{key.Name}:{below.Name}", below.Value)),
        SettingForm.List => [(key.Name, (object?)key.Items.Count)],
        _ => [(key.Name, key.Value)],
    });

    private static IEnumerable<string> Names(JsonElement section) => section.EnumerateObject().SelectMany(p =>
        p.Value.ValueKind == JsonValueKind.Object ? Names(p.Value).Select(below => $"{p.Name}:{below}") : [p.Name]);
}
