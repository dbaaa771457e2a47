using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>Reads a settings file: JSON with comments and trailing commas, each value with the line of its key.</summary>
internal static class SettingsFile
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 32,
    };

    /// <param name="path">The file, absolute.</param>
    /// <param name="name">The file as people named it.</param>
    /// <param name="problems">Gets what is wrong; a file that is no JSON gives one problem and no settings.</param>
    public static ImmutableArray<Setting> Read(string path, string name, List<Problem> problems)
    {
        try
        {
            Reading reading = new(name, Encoding.UTF8.GetBytes(ConfigurationFile.ReadText(path)));
            reading.Run();
            problems.AddRange(reading.Problems);
            return [.. reading.Settings];
        }
        catch (JsonException e)
        {
            problems.Add(Problem.Error(name, (int)(e.LineNumber ?? 0) + 1, "the JSON cannot be read: " + JsonReader.Plain(e)));
        }
        catch (DataFormatException e)
        {
            problems.Add(Problem.Error(name, e.Line, e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Error(name, null, $"the file cannot be read: {e.Message}"));
        }

        return [];
    }

    /// <summary>An object or list that is open: its key, and what has been seen in it.</summary>
    private sealed class Level(string key, bool isList)
    {
        public string Key { get; } = key;

        public bool IsList { get; } = isList;

        public HashSet<string> Seen { get; } = new(StringComparer.OrdinalIgnoreCase);
    }

    private sealed class Reading(string name, byte[] json)
    {
        private readonly Stack<Level> _open = new();
        private string _key = "";
        private int _keyLine = 1;
        private int _line = 1;
        private int _counted;

        public List<Setting> Settings { get; } = [];

        public List<Problem> Problems { get; } = [];

        public void Run()
        {
            Utf8JsonReader reader = new(json, Options);
            while (reader.Read())
            {
                CountLines((int)reader.TokenStartIndex);
                if (_open.Count == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
                {
                    throw new DataFormatException(_line, "the JSON is no object");
                }

                Take(ref reader);
            }
        }

        private void Take(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _open.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    Name(ref reader);
                    break;
                default:
                    NameItem();
                    Value(ref reader);
                    break;
            }
        }

        private void Value(ref Utf8JsonReader reader)
        {
            SettingForm form = reader.TokenType switch
            {
                JsonTokenType.StartObject => SettingForm.Section,
                JsonTokenType.StartArray => SettingForm.List,
                _ => SettingForm.Text,
            };
            string text = reader.TokenType switch
            {
                JsonTokenType.String => Text(ref reader),
                JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => "",
            };
            if (_open.Count > 0)
            {
                Settings.Add(new Setting(_key, text, new SettingOrigin(name, _keyLine, _key), form));
            }

            if (form != SettingForm.Text)
            {
                _open.Push(new Level(_key, form == SettingForm.List));
            }
        }

        private void NameItem()
        {
            if (_open.TryPeek(out Level? list) && list.IsList)
            {
                _key = string.Create(CultureInfo.InvariantCulture, $"{list.Key}:{list.Seen.Count}");
                _keyLine = _line;
                list.Seen.Add(_key);
            }
        }

        private void Name(ref Utf8JsonReader reader)
        {
            Level level = _open.Peek();
            string own = Text(ref reader);
            _key = level.Key.Length == 0 ? own : $"{level.Key}:{own}";
            _keyLine = _line;
            if (!level.Seen.Add(own))
            {
                Problems.Add(Problem.Error(name, _line, $"{_key} is there twice", "each key once"));
                reader.Skip();
            }
        }

        private string Text(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                throw new DataFormatException(_line, "the JSON has text that is not Unicode");
            }
        }

        private void CountLines(int position)
        {
            _line += json.AsSpan(_counted, position - _counted).Count((byte)'\n');
            _counted = position;
        }
    }
}
