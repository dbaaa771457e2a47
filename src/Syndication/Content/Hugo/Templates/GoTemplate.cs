using System.Collections.Immutable;

namespace Syndication.Content.Hugo.Templates;

/// <summary>A template that was read. Immutable; for any number of threads.</summary>
/// <param name="Source">Its file, below the site's root.</param>
/// <param name="Nodes">What it says.</param>
/// <param name="Defined">What it defines under names.</param>
/// <param name="Fault">Why it cannot be run.</param>
internal sealed record GoTemplate(
    string Source, ImmutableArray<GoNode> Nodes, ImmutableDictionary<string, ImmutableArray<GoNode>> Defined, GoFault? Fault)
{
    /// <summary>Reads a template; one with a mistake is a template that cannot be run.</summary>
    public static GoTemplate Read(string source, string text)
    {
        try
        {
            GoParser parser = new(GoLexer.Read(text));
            ImmutableArray<GoNode> nodes = parser.ReadAll();
            return new GoTemplate(source, nodes, parser.Defined.ToImmutable(), null);
        }
        catch (GoFault fault)
        {
            return new GoTemplate(source, [], ImmutableDictionary<string, ImmutableArray<GoNode>>.Empty, fault);
        }
    }

    /// <summary>Whether {{% … %}} works as before Hugo 0.55: what it encloses is read as Markdown before the template is run, and what that writes is HTML.</summary>
    public bool IsOfOldKind => Nodes.OfType<GoAction>().Any(action => action.Pipe is
    {
        Variables: ["$_hugo_config"],
        Commands: [[{ Kind: GoOperandKind.Literal, Value: string text }]],
    } && text.Contains("\"version\"", StringComparison.Ordinal) && text.Contains('1', StringComparison.Ordinal));
}
