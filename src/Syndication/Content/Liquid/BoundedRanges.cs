using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>Gives every range of a template, (1..n), a bound: it is made as a list, and n may be anything.</summary>
internal sealed class BoundedRanges : AstRewriter
{
    private const int Longest = 10_000;

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression) => new Bounded(rangeExpression);

    private sealed class Bounded(RangeExpression range) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            decimal from = (await range.From.EvaluateAsync(context)).ToNumberValue();
            decimal to = (await range.To.EvaluateAsync(context)).ToNumberValue();
            if (to - from > Longest || Math.Abs(from) > int.MaxValue)
            {
                throw new LiquidLimitException($"a range of the body has more than {Longest:N0} numbers");
            }

            List<FluidValue> numbers = [];
            for (decimal number = decimal.Truncate(from); number <= to; number++)
            {
                numbers.Add(NumberValue.Create(number));
            }

            return new ArrayValue(numbers);
        }
    }
}
