using System.Collections.Immutable;

namespace Syndication.Subscribers;

/// <summary>One key for links.</summary>
/// <param name="Id">Stands in each token, so that old links stay good after a new key came.</param>
/// <param name="Secret">Random bytes; never printed.</param>
internal sealed record TokenKey(uint Id, ImmutableArray<byte> Secret)
{
    public override string ToString() => $"key {Id}";
}

/// <summary>The keys of <see cref="SignedToken"/> and <see cref="ReturnToken"/>. Immutable.</summary>
/// <param name="keys">At least one; the first signs, all are recognised.</param>
internal sealed class TokenKeys(ImmutableArray<TokenKey> keys)
{
    public TokenKey Signing => keys[0];

    public ImmutableArray<TokenKey> All => keys;

    public TokenKey? Find(uint id) => keys.FirstOrDefault(k => k.Id == id);
}
