namespace Syndication.Subscribers;

/// <summary>The address to which one mail comes back: the common one with a <see cref="ReturnToken"/> in it.</summary>
internal static class ReturnAddress
{
    /// <param name="common">Such as bounces@example.org: where all of them arrive (RFC 5233).</param>
    /// <param name="keys">Of the token.</param>
    /// <param name="subscriber">Whose mail it is.</param>
    /// <param name="edition">The store's key of the edition.</param>
    public static string Of(string common, TokenKeys keys, Guid subscriber, long edition)
    {
        int at = common.LastIndexOf('@');
        return $"{common.AsSpan(0, at)}+{ReturnToken.Create(keys, subscriber, edition)}{common.AsSpan(at)}";
    }
}
