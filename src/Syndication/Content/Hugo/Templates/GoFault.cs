namespace Syndication.Content.Hugo.Templates;

/// <summary>A template that cannot be read, says what is not known here, or costs too much. It costs the shortcode that it is for.</summary>
internal sealed class GoFault : Exception
{
    /// <param name="what">What is wrong, as a part of a sentence.</param>
    public GoFault(string what)
        : base(what)
    {
    }

    /// <summary>What all templates of a body may cost is spent: no other is begun.</summary>
    public bool IsLimit { get; init; }

    /// <summary>The line of the template's file, counted from 1, where it is known.</summary>
    public int? Line { get; init; }
}
