namespace Syndication.Tests.Support;

/// <summary>That one type mentions another.</summary>
/// <param name="From">The outermost type, with its namespace.</param>
/// <param name="FromNamespace">The namespace of that type.</param>
/// <param name="To">The outermost type that is mentioned.</param>
/// <param name="ToNamespace">The namespace of that type.</param>
/// <param name="ToAssembly">Its assembly; null for the same one.</param>
internal sealed record Reference(string From, string FromNamespace, string To, string ToNamespace, string? ToAssembly);
