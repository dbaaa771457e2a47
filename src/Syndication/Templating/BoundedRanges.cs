using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Syndication.Templating;

/// <summary>Bounds each range of a template, (1..n): all its numbers are made before the first step is counted.</summary>
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
            return to - from < Longest && Math.Abs(from) <= int.MaxValue
                ? await range.EvaluateAsync(context)
                : throw new InvalidOperationException($"a range has more than {Longest:N0} numbers");
        }
    }
}
