using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Content;

/// <summary>What is kept at hand of a rendered post; the texts themselves are read back when they are needed (<see cref="RenderPass.Read"/>).</summary>
/// <param name="Key">What the post itself adds to it: its file, the configuration, the program.</param>
/// <param name="Reads">What its body read beyond that.</param>
/// <param name="Digest">Of all that came out: the same digest is the same rendering.</param>
/// <param name="Problems">See <see cref="RenderedPost.Problems"/>.</param>
/// <param name="Bytes">The rendering as a cache file has it, where it could not be written to one; else null.</param>
internal sealed record KeptRendering(
    string Key, ImmutableArray<BodyRead> Reads, string Digest, ImmutableArray<Problem> Problems, byte[]? Bytes)
{
    /// <summary>Whether it would come out the same now.</summary>
    public bool IsCurrent(string key, Surroundings surroundings) =>
        Key == key && Reads.All(read => surroundings.Digest(read.Kind, read.Name) == read.Digest);
}
