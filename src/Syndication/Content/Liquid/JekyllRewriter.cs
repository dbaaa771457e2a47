using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>
/// Makes of a parsed template what Jekyll's Liquid would: what is printed is printed in Ruby's way, loops know the loop around
/// them, and every range, (1..n), has a bound: it is made as a list, and n may be anything.
/// </summary>
internal sealed class JekyllRewriter : AstRewriter
{
    private const int LongestRange = 10_000;
    private const string Loop = "forloop";
    private const string Outer = "parentloop";

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression) => new Bounded(rangeExpression);

    protected override Statement VisitOutputStatement(OutputStatement outputStatement) =>
        base.VisitOutputStatement(outputStatement) is OutputStatement output ? new OutputStatement(new Printed(output.Expression)) : outputStatement;

    protected override Statement VisitForStatement(ForStatement forStatement) => new NestedLoop(base.VisitForStatement(forStatement));

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        string?[] names = [.. memberExpression.Segments.Select(segment => (segment as IdentifierSegment)?.Identifier)];
        int outward = names.Skip(1).TakeWhile(name => name == Outer).Count();
        return names[0] == Loop && outward > 0
            ? new OuterLoop(outward, [.. memberExpression.Segments.Skip(1 + outward)])
            : base.VisitMemberExpression(memberExpression);
    }

    private sealed class Bounded(RangeExpression range) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            decimal from = (await range.From.EvaluateAsync(context)).ToNumberValue();
            decimal to = (await range.To.EvaluateAsync(context)).ToNumberValue();
            if (to - from > LongestRange || Math.Abs(from) > int.MaxValue)
            {
                throw new LiquidLimitException($"a range of the body has more than {LongestRange:N0} numbers");
            }

            List<FluidValue> numbers = [];
            for (decimal number = decimal.Truncate(from); number <= to; number++)
            {
                numbers.Add(NumberValue.Create(number));
            }

            return new ArrayValue(numbers);
        }
    }

    private sealed class Printed(Expression expression) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            FluidValue value = await expression.EvaluateAsync(context);
            return value is StringValue or NilValue ? value : new StringValue(ValueText.Printed(value));
        }
    }

    /// <summary>A loop that keeps the one around it where <see cref="OuterLoop"/> finds it.</summary>
    private sealed class NestedLoop(Statement loop) : Statement
    {
        public override async ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
        {
            List<FluidValue> outer = JekyllTags.ScopeOf(context).OuterLoops;
            outer.Add(context.GetValue(Loop));
            try
            {
                return await loop.WriteToAsync(writer, encoder, context);
            }
            finally
            {
                outer.RemoveAt(outer.Count - 1);
            }
        }
    }

    private sealed class OuterLoop(int outward, IReadOnlyList<MemberSegment> segments) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            List<FluidValue> outer = JekyllTags.ScopeOf(context).OuterLoops;
            FluidValue value = outward <= outer.Count ? outer[^outward] : NilValue.Instance;
            foreach (MemberSegment segment in segments)
            {
                value = await segment.ResolveAsync(value, context);
            }

            return value;
        }
    }
}
