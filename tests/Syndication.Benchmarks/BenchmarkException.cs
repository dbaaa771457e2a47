namespace Syndication.Benchmarks;

/// <summary>Nothing can be measured, for this reason.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
