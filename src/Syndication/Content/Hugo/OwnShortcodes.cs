using Syndication.Content.Hugo.Templates;
using Syndication.Site;

namespace Syndication.Content.Hugo;

/// <summary>What came of a shortcode that the site has a template for.</summary>
/// <param name="Written">What the template writes; null where it cannot be run.</param>
/// <param name="IsHtml">It is HTML, whichever kind of tag it was called by.</param>
internal sealed record OwnShortcode(string? Written, bool IsHtml);

/// <summary>Runs the site's own shortcodes for one body. A template that cannot be run costs its own place, and a warning.</summary>
internal sealed class OwnShortcodes
{
    private readonly GoTemplates _templates;
    private readonly GoScope _scope;
    private readonly GoObjects _objects;
    private readonly Action<Problem> _warn;
    private bool _isSpent;

    /// <param name="templates">The site's templates.</param>
    /// <param name="scope">What they may cost.</param>
    /// <param name="warn">Where what is wrong with them goes.</param>
    public OwnShortcodes(GoTemplates templates, GoScope scope, Action<Problem> warn)
    {
        _templates = templates;
        _scope = scope;
        _objects = new GoObjects(scope);
        _warn = warn;
    }

    /// <summary>Null where the site has no template for it.</summary>
    /// <param name="call">The shortcode.</param>
    /// <param name="inner">What it encloses, with all shortcodes in it written.</param>
    public OwnShortcode? Run(ShortcodeCall call, string? inner)
    {
        if (_templates.Shortcode(call.Tag.Name, _scope) is not GoTemplate template)
        {
            return null;
        }

        if (_isSpent)
        {
            return new OwnShortcode(null, false);
        }

        GoEvaluator evaluator = new(_scope, _templates, _objects.Global);
        try
        {
            if (inner is not null && call.Tag.WritesMarkdown && (call.Parent is not null || template.IsOfOldKind))
            {
                inner = HiddenHtml.Show(_scope.Markdown(inner, isBlock: false).Text);
            }

            return new OwnShortcode(evaluator.Run(template, _objects.Shortcode(call, inner)), template.IsOfOldKind);
        }
        catch (GoFault fault)
        {
            _isSpent = fault.IsLimit;
            Warn(template, evaluator, fault.Line, fault.IsLimit ? $"the template {fault.Message}; what is left of the site's own shortcodes is not run" : fault.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Markdown within it that is nested too deeply, and whatever a function makes of a hostile value.
            Warn(template, evaluator, null, BodyCost.Reason(e));
        }

        return new OwnShortcode(null, false);
    }

    private void Warn(GoTemplate template, GoEvaluator evaluator, int? line, string what)
    {
        string source = evaluator.Source.Length > 0 ? evaluator.Source : template.Source;
        _warn(Problem.Warning(source, line ?? Math.Max(1, evaluator.Line), $"{what}, so that the shortcode shows only what it encloses or names"));
    }
}
