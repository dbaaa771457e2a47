using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Subscribers;

/// <summary>Active readers of a newsletter who chose the same.</summary>
/// <param name="Cadence">How often they are mailed.</param>
/// <param name="Topics">Empty = every topic.</param>
/// <param name="Pauses">Times in which nothing is for them.</param>
/// <param name="Readers">How many they are.</param>
internal sealed record ReaderGroup(Cadence Cadence, ImmutableArray<TopicChoice> Topics, ImmutableArray<Pause> Pauses, long Readers);
