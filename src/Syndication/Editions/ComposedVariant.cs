namespace Syndication.Editions;

/// <summary>
/// One variant of an edition as everybody gets it; what differs between subscribers is marked by <see cref="PersonalMarks"/>. All of
/// it is text, so that it can be stored: once frozen it is never composed anew.
/// </summary>
internal sealed record ComposedVariant
{
    /// <summary>The part of the Message-ID that all mails of the variant share: a hash of site, newsletter, edition and the ids of its posts.</summary>
    public required string MessageKey { get; init; }

    /// <summary>Begins every personal mark in <see cref="Html"/> and <see cref="Text"/>.</summary>
    public required string Seal { get; init; }

    /// <summary>Plain text on one line; not yet fit for a header.</summary>
    public required string Subject { get; init; }

    /// <summary>What mail programs show beside the subject; plain text on one line.</summary>
    public required string Preheader { get; init; }

    /// <summary>A whole page.</summary>
    public required string Html { get; init; }

    /// <summary>Plain text, lines ended by line feeds.</summary>
    public required string Text { get; init; }
}
