using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Syndication.Site;

/// <summary>
/// Reads one YAML mapping with bounds on depth and size, aliases counted at the size of what they stand for, so that a small
/// file cannot become a large one in memory. Plain scalars get YAML 1.1's types as Ruby reads them; dates stay strings.
/// </summary>
internal static class YamlReader
{
    private const int MaxDepth = 50;
    private const int MaxNodes = 20_000;

    /// <param name="text">One YAML document; empty text is an empty mapping.</param>
    /// <param name="firstLine">The line of the file at which <paramref name="text"/> begins, counted from 1.</param>
    /// <param name="ignoreCase">Whether keys have no case.</param>
    /// <exception cref="DataFormatException">It is not a YAML mapping, or goes beyond the bounds.</exception>
    public static DataMap Read(string text, int firstLine, bool ignoreCase)
    {
        Parser parser = new(new StringReader(text));
        try
        {
            Reading reading = new(parser, firstLine, ignoreCase);
            return reading.Document();
        }
        catch (YamlException e)
        {
            string what = e.Message;
            int end = what.IndexOf("): ", StringComparison.Ordinal);
            what = what.StartsWith('(') && end > 0 ? what[(end + 3)..] : what;
            throw new DataFormatException(firstLine + (int)Math.Max(0, e.Start.Line - 1), "the YAML cannot be read: " + what.TrimEnd('.'));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The parser's own reaction to a list or mapping that is never closed, and to a tag that is no URI.
            int line = firstLine + (int)Math.Max(0, (parser.Current?.Start.Line ?? 1) - 1);
            throw new DataFormatException(line, "the YAML cannot be read from here on: a [, {, quote or tag may be unfinished");
        }
    }

    private sealed class Reading(Parser parser, int firstLine, bool ignoreCase)
    {
        private readonly Dictionary<string, (object? Value, int Size)> _anchors = new(StringComparer.Ordinal);
        private int _nodes;

        public DataMap Document()
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                return DataMap.Empty;
            }

            parser.Consume<DocumentStart>();
            ParsingEvent first = parser.Current!;
            object? value = Node(0);
            if (!parser.TryConsume<DocumentEnd>(out _))
            {
                throw Error(parser.Current!, "the YAML goes on after its end");
            }

            return value switch
            {
                DataMap map => map,
                null => DataMap.Empty,
                _ => throw Error(first, "the YAML is no mapping of keys to values"),
            };
        }

        private object? Node(int depth)
        {
            if (depth > MaxDepth)
            {
                throw Error(parser.Current!, $"the YAML is nested more than {MaxDepth} levels deep");
            }

            int before = _nodes;
            Count(1);
            if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias) && alias is not null)
            {
                if (!_anchors.TryGetValue(alias.Value.Value, out (object? Value, int Size) anchored))
                {
                    throw Error(alias, $"the YAML alias *{alias.Value.Value} stands for nothing");
                }

                Count(anchored.Size, alias);
                return anchored.Value;
            }

            NodeEvent node = (NodeEvent)parser.Current!;
            object? value = node switch
            {
                Scalar => Typed(parser.Consume<Scalar>()),
                SequenceStart => Sequence(depth),
                MappingStart => Mapping(depth),
                _ => throw Error(node, "the YAML has something here that is no value"),
            };
            if (!node.Anchor.IsEmpty)
            {
                _anchors[node.Anchor.Value] = (value, _nodes - before);
            }

            return value;
        }

        private List<object?> Sequence(int depth)
        {
            parser.Consume<SequenceStart>();
            List<object?> items = [];
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(depth + 1));
            }

            return items;
        }

        private DataMap Mapping(int depth)
        {
            parser.Consume<MappingStart>();
            List<(string Key, object? Value, int Line)> merged = [];
            List<(string Key, object? Value, int Line)> entries = [];
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                ParsingEvent at = parser.Current!;
                bool plain = at is Scalar { Style: ScalarStyle.Plain };
                object? key = Node(depth + 1);
                object? value = Node(depth + 1);
                if (plain && key is "<<")
                {
                    foreach (object? source in value as IReadOnlyList<object?> ?? [value])
                    {
                        merged.AddRange((source as DataMap ?? DataMap.Empty).Select(e => (e.Key, e.Value, Line(at))));
                    }
                }
                else
                {
                    string name = key switch
                    {
                        string text => text,
                        bool flag => flag ? "true" : "false",
                        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                        null => "",
                        _ => throw Error(at, "the YAML has a key that is a list or a mapping"),
                    };
                    entries.Add((name, value, Line(at)));
                }
            }

            return new DataMap(ignoreCase, [.. merged, .. entries]);
        }

        private static object? Typed(Scalar scalar)
        {
            string text = scalar.Value;
            if (scalar.Style != ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str" || scalar.Tag == "!")
            {
                return text;
            }

            return text switch
            {
                "" or "~" or "null" or "Null" or "NULL" => null,
                "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
                "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
                _ => Number(text),
            };
        }

        private static object Number(string text)
        {
            char first = text[0];
            if (!char.IsAsciiDigit(first) && first is not ('-' or '+' or '.'))
            {
                return text;
            }

            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            {
                // 007 and 0755 stay text: YAML 1.1 would read octal, and whoever writes a leading zero means digits.
                string digits = text.TrimStart('+', '-');
                return digits.Length > 1 && digits[0] == '0' ? text : whole;
            }

            const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            bool hasDigit = text.Any(char.IsAsciiDigit);
            return hasDigit && text.Contains('.', StringComparison.Ordinal)
                && double.TryParse(text, style, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real)
                ? real
                : text;
        }

        private void Count(int nodes, ParsingEvent? at = null)
        {
            _nodes += nodes;
            if (_nodes > MaxNodes)
            {
                throw Error(at ?? parser.Current!, $"the YAML has more than {MaxNodes} values, aliases counted at their full size");
            }
        }

        private int Line(ParsingEvent at) => firstLine + (int)Math.Max(0, at.Start.Line - 1);

        private DataFormatException Error(ParsingEvent at, string what) => new(Line(at), what);
    }
}
