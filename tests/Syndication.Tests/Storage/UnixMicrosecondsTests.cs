using Syndication.Storage;

namespace Syndication.Tests.Storage;

public sealed class UnixMicrosecondsTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T01:00:00.0000015+01:00", 1)]
    [InlineData("1969-12-31T23:59:59.9999995Z", -1)]
    [InlineData("0001-01-01T00:00:00Z", -62_135_596_800_000_000)]
    [InlineData("9999-12-31T23:59:59.9999999Z", 253_402_300_799_999_999)]
    public void InstantsAreRoundedDown(string instant, long microseconds)
    {
        Assert.Equal(microseconds, UnixMicroseconds.Of(DateTimeOffset.Parse(instant, null)));
    }

    [Theory]
    [InlineData(-62_135_596_800_000_000)]
    [InlineData(-1)]
    [InlineData(1_772_366_400_123_456)]
    [InlineData(253_402_300_799_999_999)]
    public void TheyComeBackAsTheyWere(long microseconds)
    {
        DateTimeOffset instant = UnixMicroseconds.ToInstant(microseconds);

        Assert.Equal(microseconds, UnixMicroseconds.Of(instant));
        Assert.Equal(TimeSpan.Zero, instant.Offset);
    }
}
