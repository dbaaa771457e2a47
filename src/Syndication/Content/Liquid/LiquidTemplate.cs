using Fluid;

namespace Syndication.Content.Liquid;

/// <summary>A parsed source with what was wrong in it. Immutable; for any number of threads.</summary>
internal sealed class LiquidTemplate
{
    private readonly IFluidTemplate? _template;
    private readonly string _text;
    private readonly IReadOnlyList<LiquidFault> _faults;

    private LiquidTemplate(IFluidTemplate? template, string text, IReadOnlyList<LiquidFault> faults)
    {
        _template = template;
        _text = text;
        _faults = faults;
    }

    /// <summary>Parses what can be parsed; a source that cannot be read at all is its own text.</summary>
    public static LiquidTemplate Parse(string text, FluidParser parser)
    {
        // Most sources are right: only of one that is not, each piece is tried by itself.
        (string prepared, IReadOnlyList<LiquidFault> faults) = LiquidSource.Prepare(text, _ => true);
        if (parser.TryParse(prepared, out IFluidTemplate template))
        {
            return new LiquidTemplate(new JekyllRewriter().VisitTemplate(template), text, faults);
        }

        (prepared, faults) = LiquidSource.Prepare(text, piece => parser.TryParse(piece, out _));
        return parser.TryParse(prepared, out template, out string error)
            ? new LiquidTemplate(new JekyllRewriter().VisitTemplate(template), text, faults)
            : new LiquidTemplate(null, text, [.. faults, new LiquidFault(0, $"the Liquid cannot be read ({error}) and is shown as it is")]);
    }

    public void Render(TextWriter writer, TemplateContext context)
    {
        LiquidScope scope = JekyllTags.ScopeOf(context);
        foreach (LiquidFault fault in _faults)
        {
            scope.Warn(fault.Line, fault.What);
        }

        if (_template is null)
        {
            writer.Write(_text);
            return;
        }

        _template.RenderAsync(writer, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult();
    }
}
