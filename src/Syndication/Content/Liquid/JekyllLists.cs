using System.Globalization;
using Fluid;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>The filters of Jekyll that choose, order, group and print lists.</summary>
internal static class JekyllLists
{
    public static void AddTo(FilterCollection filters, FluidParser parser)
    {
        filters.AddFilter("where", (input, arguments, context) => Listed(Where(input, arguments, context)));
        filters.AddFilter("find", (input, arguments, context) => Where(input, arguments, context).FirstOrDefault() ?? NilValue.Instance);
        filters.AddFilter("where_exp", (input, arguments, context) => Listed(WhereExpression(input, arguments, context, parser)));
        filters.AddFilter("find_exp", (input, arguments, context) =>
            WhereExpression(input, arguments, context, parser).FirstOrDefault() ?? NilValue.Instance);
        filters.AddFilter("group_by", (input, arguments, context) =>
        {
            string name = arguments.At(0).ToStringValue();
            return Grouped(input, item => Property(item, name, context), context);
        });
        filters.AddFilter("group_by_exp", (input, arguments, context) =>
        {
            ItemExpression expression = ItemExpression.Value(arguments, parser);
            return Grouped(input, item => expression.Of(item, context), context);
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
        filters.AddFilter("join", (input, arguments, context) => new StringValue(string.Join(
            arguments.Count == 0 ? " " : arguments.At(0).ToStringValue(), input.Enumerate(context).Select(item => item.ToStringValue()))));
        filters.AddFilter("push", (input, arguments, context) => Listed(Items(input, context).Append(arguments.At(0))));
        filters.AddFilter("unshift", (input, arguments, context) => Listed(Items(input, context).Prepend(arguments.At(0))));
        filters.AddFilter("pop", (input, arguments, context) => Listed(Items(input, context).SkipLast(Number(arguments))));
        filters.AddFilter("shift", (input, arguments, context) => Listed(Items(input, context).Skip(Number(arguments))));
        filters.AddFilter("jsonify", (input, _, _) => new StringValue(ValueText.Json(input)));
        filters.AddFilter("inspect", (input, _, _) => new StringValue(ValueText.Ruby(input)));
    }

    private static ArrayValue Listed(IEnumerable<FluidValue> items) => new([.. items]);

    private static int Number(FilterArguments arguments) => arguments.Count == 0 ? 1 : (int)Math.Clamp(arguments.At(0).ToNumberValue(), 0, 1_000_000);

    /// <summary>A list's items; a mapping's values, as Jekyll takes them.</summary>
    private static IEnumerable<FluidValue> Items(FluidValue input, TemplateContext context) =>
        input.ToObjectValue() is IFluidIndexable map && input is DictionaryValue
            ? map.Keys.Select(key => map.TryGetValue(key, out FluidValue value) ? value : NilValue.Instance)
            : input.Enumerate(context);

    /// <summary>The value under a key; one with dots leads into mappings.</summary>
    private static FluidValue Property(FluidValue item, string name, TemplateContext context)
    {
        foreach (string key in name.Split('.'))
        {
            item = item.GetValueAsync(key, context).AsTask().GetAwaiter().GetResult();
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
            string name = value.ToStringValue();
            if (places.TryAdd(name, groups.Count))
            {
                groups.Add((name, value, []));
            }

            groups[places[name]].Items.Add(item);
        }

        return Listed(groups.Select(g => (FluidValue)new DictionaryValue(new LazyMap(["name", "items", "size"], part => part switch
        {
            "name" => g.Key.IsNil() ? new StringValue("") : g.Key,
            "items" => new ArrayValue(g.Items),
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
            bool readable = words.Length is > 0 and < 1_000 && !words.Contains('%', StringComparison.Ordinal);
            return new ItemExpression(
                arguments.At(0).ToStringValue(),
                readable && parser.TryParse(string.Create(CultureInfo.InvariantCulture, $"{source(words)}"), out IFluidTemplate template) ? template : null);
        }
    }
}
