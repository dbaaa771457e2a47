using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>Values of a template as JSON and as Ruby prints them; bounded in depth and length, since posts lead to posts.</summary>
internal sealed class ValueText
{
    private const int Deepest = 6;
    private const int Longest = 1_000_000;
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _text = new();
    private readonly (string Nil, string Comma, string Arrow) _signs;

    private ValueText((string Nil, string Comma, string Arrow) signs)
    {
        _signs = signs;
    }

    public static string Json(FluidValue value) => Of(value, new ValueText(("null", ",", ":")));

    public static string Ruby(FluidValue value) => Of(value, new ValueText(("nil", ", ", "=>")));

    /// <summary>What an output of the value writes: of a list its values one after the other.</summary>
    public static string Printed(FluidValue value) => value is ArrayValue ? Joined("", RubyLists.Items(value)) : Text(value);

    /// <exception cref="LiquidLimitException">The text is longer than any post needs.</exception>
    public static string Joined(string separator, IEnumerable<FluidValue> values)
    {
        StringBuilder text = new();
        bool first = true;
        foreach (FluidValue value in values)
        {
            text.Append(first ? "" : separator).Append(Text(value));
            first = false;
            ThrowIfTooLong(text);
        }

        return text.ToString();
    }

    /// <summary>The value as the text that filters of texts take it for; nothing for a post or a site.</summary>
    public static string Text(FluidValue value) => value switch
    {
        NumberValue => RubyNumber.Text(value.ToNumberValue()),
        DictionaryValue when value.ToObjectValue() is LazyMap { IsObject: true } => "",
        ArrayValue or DictionaryValue => Ruby(value),
        _ => value.ToStringValue(),
    };

    private static string Of(FluidValue value, ValueText text)
    {
        text.Write(value, 0);
        return text._text.ToString();
    }

    /// <exception cref="LiquidLimitException">The value is longer than any post needs.</exception>
    private void Write(FluidValue value, int depth)
    {
        ThrowIfTooLong(_text);
        if (value.IsNil() || depth > Deepest)
        {
            _text.Append(_signs.Nil);
        }
        else if (value is NumberValue or BooleanValue)
        {
            _text.Append(Text(value));
        }
        else if (depth > 0 && _signs.Arrow == "=>" && value.ToObjectValue() is LazyMap { IsObject: true } post)
        {
            string path = post.TryGetValue("path", out FluidValue found) ? found.ToStringValue() : "";
            _text.Append("#<Jekyll::Document ").Append(path).Append(" collection=posts>");
        }
        else if (value is DictionaryValue && value.ToObjectValue() is IFluidIndexable map)
        {
            Write('{', '}', map.Keys, key =>
            {
                _text.Append(JsonSerializer.Serialize(key, Relaxed)).Append(_signs.Arrow);
                Write(map.TryGetValue(key, out FluidValue found) ? found : NilValue.Instance, depth + 1);
            });
        }
        else if (value is ArrayValue list)
        {
            Write('[', ']', list.Values, item => Write(item, depth + 1));
        }
        else
        {
            _text.Append(JsonSerializer.Serialize(value.ToStringValue(), Relaxed));
        }
    }

    private static void ThrowIfTooLong(StringBuilder text)
    {
        if (text.Length > Longest)
        {
            throw new LiquidLimitException($"a value that is printed has more than {Longest:N0} characters");
        }
    }

    private void Write<T>(char open, char close, IEnumerable<T> items, Action<T> write)
    {
        _text.Append(open);
        bool first = true;
        foreach (T item in items)
        {
            _text.Append(first ? "" : _signs.Comma);
            first = false;
            write(item);
        }

        _text.Append(close);
    }
}
