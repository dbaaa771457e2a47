using Syndication.Editions;

namespace Syndication.Tests.Editions;

public sealed class LastUsedTests
{
    private readonly LastUsed<string, int> _kept = new(3);

    [Fact]
    public void OfMoreThanMayBeKeptTheOneNotUsedForLongestIsForgotten()
    {
        foreach (string key in (string[])["a", "b", "c"])
        {
            _kept.Set(key, key[0]);
        }

        Assert.True(_kept.TryGet("a", out int value));
        Assert.Equal('a', value);
        _kept.Set("d", 'd');

        Assert.Equal(["a", "c", "d"], Kept());
        _kept.Set("c", 'C');
        _kept.Set("e", 'e');
        Assert.Equal(["c", "d", "e"], Kept());
    }

    [Fact]
    public void AKeyHasItsLastValueAndCountsOnce()
    {
        for (int value = 0; value < 10; value++)
        {
            _kept.Set("a", value);
        }

        _kept.Set("b", 0);
        Assert.True(_kept.TryGet("a", out int last));
        Assert.Equal(9, last);
        Assert.False(_kept.TryGet("c", out _));
        Assert.Equal(["a", "b"], Kept());
    }

    [Fact]
    public void ManyThreadsAtOnceKeepNoMoreThanMayBeKept()
    {
        LastUsed<int, int> kept = new(8);
        Parallel.For(0, 10_000, i =>
        {
            kept.Set(i % 50, i % 50);
            Assert.True(!kept.TryGet((i + 1) % 50, out int value) || value == (i + 1) % 50);
        });

        Assert.Equal(8, Enumerable.Range(0, 50).Count(key => kept.TryGet(key, out _)));
    }

    private IEnumerable<string> Kept() => ((string[])["a", "b", "c", "d", "e"]).Where(key => _kept.TryGet(key, out _));
}
