using Fluid;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>
/// Liquid's own filters of lists as its Ruby original has them: lists within lists count as one list, a single value as a list of
/// itself, and nothing is an error.
/// </summary>
internal static class RubyLists
{
    private const int MostItems = 100_000;
    private const int Deepest = 100;

    public static void AddTo(FilterCollection filters)
    {
        filters.AddFilter("join", (input, arguments, _) => new StringValue(ValueText.Joined(
            arguments.Count == 0 ? " " : ValueText.Text(arguments.At(0)), Items(input))));
        filters.AddFilter("reverse", (input, _, _) => new ArrayValue([.. Items(input).AsEnumerable().Reverse()]));
        filters.AddFilter("concat", (input, arguments, _) => new ArrayValue([.. Items(input), .. Items(arguments.At(0))]));
        filters.AddFilter("compact", (input, arguments, context) =>
            new ArrayValue([.. Items(input).Where(item => !By(item, arguments, context).IsNil())]));
        filters.AddFilter("uniq", (input, arguments, context) =>
            new ArrayValue([.. Items(input).DistinctBy(item => ValueText.Ruby(By(item, arguments, context)), StringComparer.Ordinal)]));
        filters.AddFilter("sort_natural", (input, arguments, context) => new ArrayValue([.. Items(input)
            .Select(item => (Item: item, Key: By(item, arguments, context)))
            .OrderBy(k => k.Key.IsNil())
            .ThenBy(k => ValueText.Text(k.Key).ToLowerInvariant(), StringComparer.Ordinal)
            .Select(k => k.Item)]));
        filters.AddFilter("map", (input, arguments, context) => new ArrayValue([.. Items(input).Select(item => By(item, arguments, context))]));
        filters.AddFilter("first", (input, _, context) => IsMany(input) ? input.Enumerate(context).FirstOrDefault() ?? NilValue.Instance : NilValue.Instance);
        filters.AddFilter("last", (input, _, _) => input is ArrayValue { Values: [.., FluidValue last] } ? last : NilValue.Instance);
        filters.AddFilter("size", (input, _, _) => NumberValue.Create(input switch
        {
            StringValue => input.ToStringValue().Length,
            ArrayValue list => list.Values.Count,
            DictionaryValue when input.ToObjectValue() is IFluidIndexable map => map.Count,
            NumberValue when input.ToNumberValue().Scale == 0 => sizeof(long),
            _ => 0,
        }));
        filters.AddFilter("default", (input, arguments, _) =>
        {
            bool isFalse = input is BooleanValue && !input.ToBooleanValue() && !arguments["allow_false"].ToBooleanValue();
            bool isEmpty = input is StringValue or ArrayValue && ValueText.Printed(input).Length == 0 || input.ToObjectValue() is IFluidIndexable { Count: 0 };
            return input.IsNil() || isFalse || isEmpty ? arguments.At(0) : input;
        });

        // Later versions of Liquid have it: here a filter that is not known, which changes nothing.
        filters.Remove("sum");
    }

    private static bool IsMany(FluidValue value) => value is ArrayValue or DictionaryValue;

    /// <summary>What lies in a list and the lists within it, or the single value; nothing of nil.</summary>
    /// <exception cref="LiquidLimitException">There are more values than any post needs.</exception>
    public static List<FluidValue> Items(FluidValue input)
    {
        List<FluidValue> items = [];
        int visits = 0;
        if (!input.IsNil())
        {
            Add(items, input, ref visits, 0);
        }

        return items;
    }

    private static void Add(List<FluidValue> items, FluidValue value, ref int visits, int depth)
    {
        if (++visits > MostItems || depth > Deepest)
        {
            throw new LiquidLimitException($"a list has more than {MostItems:N0} values, or lists that lie more than {Deepest} deep");
        }

        if (value is not ArrayValue list)
        {
            items.Add(value);
            return;
        }

        foreach (FluidValue item in list.Values)
        {
            Add(items, item, ref visits, depth + 1);
        }
    }

    /// <summary>The value by which a filter looks at an item: a property of it, or itself.</summary>
    private static FluidValue By(FluidValue item, FilterArguments arguments, TemplateContext context) => arguments.Count == 0 ? item
        : item is DictionaryValue ? item.GetValueAsync(arguments.At(0).ToStringValue(), context).AsTask().GetAwaiter().GetResult()
        : NilValue.Instance;
}
