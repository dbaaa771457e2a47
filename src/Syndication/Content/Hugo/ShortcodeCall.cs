namespace Syndication.Content.Hugo;

/// <summary>A shortcode as its template sees it.</summary>
/// <param name="Tag">How it is called.</param>
/// <param name="Ordinal">Its place among the shortcodes of the body, or of the one that encloses it, counted from 0.</param>
/// <param name="Parent">The one that encloses it.</param>
internal sealed record ShortcodeCall(ShortcodeTag Tag, int Ordinal, ShortcodeCall? Parent);
