using System.Globalization;
using Fluid;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>The filters of Jekyll that choose, order, group and print lists.</summary>
internal static class JekyllLists
{
    public static void AddTo(FilterCollection filters, FluidParser parser)
    {
        RubyLists.AddTo(filters);
        filters.AddFilter("where", (input, arguments, context) => IsList(input) ? Listed(Where(input, arguments, context)) : input);
        filters.AddFilter("find", (input, arguments, context) =>
            IsList(input) ? Where(input, arguments, context).FirstOrDefault() ?? NilValue.Instance : input);
        filters.AddFilter("where_exp", (input, arguments, context) => IsList(input) ? Listed(WhereExpression(input, arguments, context, parser)) : input);
        filters.AddFilter("find_exp", (input, arguments, context) =>
            IsList(input) ? WhereExpression(input, arguments, context, parser).FirstOrDefault() ?? NilValue.Instance : input);
        filters.AddFilter("group_by", (input, arguments, context) =>
        {
            string name = arguments.At(0).ToStringValue();
            return IsList(input) ? Grouped(input, item => new StringValue(ValueText.Text(Property(item, name, context))), context) : input;
        });
        filters.AddFilter("group_by_exp", (input, arguments, context) =>
        {
            ItemExpression expression = ItemExpression.Value(arguments, parser);
            return IsList(input) ? Grouped(input, item => expression.Of(item, context), context) : input;
        });
        filters.AddFilter("sort", (input, arguments, context) =>
        {
            string name = arguments.At(0).ToStringValue();
            bool last = arguments.At(1).ToStringValue() == "last";
            bool isPairs = input is DictionaryValue && name.Length == 0;
            IEnumerable<(FluidValue Item, FluidValue Key)> keyed =
                (isPairs ? input.Enumerate(context) : Items(input, context)).Select(item => (item, name.Length == 0 ? item : Property(item, name, context)));
            return Listed(keyed.OrderBy(k => k.Key.IsNil() == last).ThenBy(k => k.Key, Comparer<FluidValue>.Create(Compare)).Select(k => k.Item));
        });
        filters.AddFilter("push", (input, arguments, _) => input is ArrayValue list ? Listed(list.Values.Append(arguments.At(0))) : input);
        filters.AddFilter("unshift", (input, arguments, _) => input is ArrayValue list ? Listed(list.Values.Prepend(arguments.At(0))) : input);
        filters.AddFilter("pop", (input, arguments, _) => input is ArrayValue list ? Listed(list.Values.SkipLast(Number(arguments))) : input);
        filters.AddFilter("shift", (input, arguments, _) => input is ArrayValue list ? Listed(list.Values.Skip(Number(arguments))) : input);

        // Of the values that Jekyll draws, always the first: the same posts give the same bytes.
        filters.AddFilter("sample", (input, arguments, _) => input is not ArrayValue list ? input
            : Number(arguments) == 1 ? list.Values is [FluidValue first, ..] ? first : NilValue.Instance
            : Listed(list.Values.Take(Number(arguments))));
        filters.AddFilter("jsonify", (input, _, _) => new StringValue(ValueText.Json(input)));
        filters.AddFilter("inspect", (input, _, _) => new StringValue(JekyllFilters.EscapedXml(ValueText.Ruby(input))));
    }

    private static ArrayValue Listed(IEnumerable<FluidValue> items) => new([.. items]);

    private static int Number(FilterArguments arguments) => arguments.Count == 0 ? 1 : (int)Math.Clamp(arguments.At(0).ToNumberValue(), 0, 1_000_000);

    private static bool IsList(FluidValue value) => value is ArrayValue or DictionaryValue;

    /// <summary>A list's items; a mapping's values, as Jekyll takes them.</summary>
    private static IEnumerable<FluidValue> Items(FluidValue input, TemplateContext context) =>
        input.ToObjectValue() is IFluidIndexable map && input is DictionaryValue
            ? map.Keys.Select(key => map.TryGetValue(key, out FluidValue value) ? value : NilValue.Instance)
            : input.Enumerate(context);

    /// <summary>The value under a key; one with dots leads into mappings, and is false where there is none to lead into.</summary>
    private static FluidValue Property(FluidValue item, string name, TemplateContext context)
    {
        string[] keys = name.Split('.');
        for (int i = 0; i < keys.Length; i++)
        {
            if (i > 0 && item.IsNil())
            {
                return BooleanValue.False;
            }

            item = item.GetValueAsync(keys[i], context).AsTask().GetAwaiter().GetResult();
        }

        return item;
    }

    private static IEnumerable<FluidValue> Where(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        string name = arguments.At(0).ToStringValue();
        FluidValue target = arguments.At(1);
        foreach (FluidValue item in Items(input, context))
        {
            FluidValue value = Property(item, name, context);
            bool matches = target.IsNil() ? value.IsNil() : value switch
            {
                ArrayValue list => list.Values.Any(v => v.ToStringValue() == target.ToStringValue()),
                _ => !value.IsNil() && value.ToStringValue() == target.ToStringValue(),
            };
            if (matches)
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<FluidValue> WhereExpression(FluidValue input, FilterArguments arguments, TemplateContext context, FluidParser parser)
    {
        ItemExpression condition = ItemExpression.Condition(arguments, parser);
        return Items(input, context).Where(item => condition.Of(item, context).ToBooleanValue());
    }

    private static ArrayValue Grouped(FluidValue input, Func<FluidValue, FluidValue> key, TemplateContext context)
    {
        List<(string Name, FluidValue Key, List<FluidValue> Items)> groups = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (FluidValue item in Items(input, context))
        {
            FluidValue value = key(item);
            string name = ValueText.Text(value);
            if (places.TryAdd(name, groups.Count))
            {
                groups.Add((name, value, []));
            }

            groups[places[name]].Items.Add(item);
        }

        return Listed(groups.Select(g => (FluidValue)new DictionaryValue(new LazyMap(["name", "items", "size"], part => part switch
        {
            "name" => g.Key,
            "items" => new ArrayValue(g.Items),
            "size" => NumberValue.Create(g.Items.Count),
            _ => null,
        })
        { Size = g.Items.Count })));
    }

    private static int Compare(FluidValue one, FluidValue other) => one is NumberValue && other is NumberValue
        ? one.ToNumberValue().CompareTo(other.ToNumberValue())
        : string.CompareOrdinal(one.ToStringValue(), other.ToStringValue());

    /// <summary>An expression about a named item, as where_exp and group_by_exp take them: parsed once, asked for each item.</summary>
    private sealed class ItemExpression(string variable, IFluidTemplate? template)
    {
        private const string Result = "item_expression";

        public static ItemExpression Condition(FilterArguments arguments, FluidParser parser) =>
            Of(arguments, parser, words => $"{{% assign {Result} = false %}}{{% if {words} %}}{{% assign {Result} = true %}}{{% endif %}}");

        public static ItemExpression Value(FilterArguments arguments, FluidParser parser) =>
            Of(arguments, parser, words => $"{{% assign {Result} = {words} %}}");

        public FluidValue Of(FluidValue item, TemplateContext context)
        {
            if (template is null)
            {
                return NilValue.Instance;
            }

            FluidValue before = context.GetValue(variable);
            context.SetValue(variable, item);
            template.RenderAsync(TextWriter.Null, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult();
            context.SetValue(variable, before);
            return context.GetValue(Result);
        }

        private static ItemExpression Of(FilterArguments arguments, FluidParser parser, Func<string, string> source)
        {
            string words = arguments.At(1).ToStringValue();
            bool readable = words.Length is > 0 and < 1_000 && !words.Contains("%}", StringComparison.Ordinal);
            return new ItemExpression(
                arguments.At(0).ToStringValue(),
                readable && parser.TryParse(string.Create(CultureInfo.InvariantCulture, $"{source(words)}"), out IFluidTemplate template) ? template : null);
        }
    }
}
