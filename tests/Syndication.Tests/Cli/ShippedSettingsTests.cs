using System.Collections.Immutable;
using System.Reflection;
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
            Assert.All(shipped.Properties, property => Assert.Equal(property.GetValue(code.Options), property.GetValue(shipped.Options)));
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
            Assert.Equal(
                section.Properties.Select(p => p.Name).Order(),
                shipped.RootElement.GetProperty(section.Name).EnumerateObject().Select(p => p.Name).Order());
        }
    }

    [Fact]
    public void EverySettingHasACommentInTheShippedFile()
    {
        string[] lines = File.ReadAllLines(Path.Join(AppContext.BaseDirectory, "appsettings.json"));
        foreach (PropertyInfo property in KnownOptions.New().SelectMany(s => s.Properties))
        {
            int line = Array.FindIndex(lines, l => l.TrimStart().StartsWith($"\"{property.Name}\"", StringComparison.Ordinal));

            // Settings that are told of together stand together, under one comment.
            while (lines[line].TrimStart().StartsWith('"'))
            {
                line--;
            }

            Assert.StartsWith("//", lines[line].TrimStart(), StringComparison.Ordinal);
        }
    }
}
