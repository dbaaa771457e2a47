using Syndication.Posts;

namespace Syndication.Tests.Posts;

public sealed class PendingFilesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly PendingFiles _pending = new(TimeSpan.FromMilliseconds(300));

    [Fact]
    public void AFileIsStillThreeHundredMillisecondsAfterItsLastTouch()
    {
        _pending.Touch("a.md", Now);
        _pending.Touch("a.md", Now.AddMilliseconds(200));

        Assert.Equal(Now.AddMilliseconds(500), _pending.Due);
        Assert.Empty(_pending.TakeStill(Now.AddMilliseconds(499)));
        Assert.Equal(["a.md"], _pending.TakeStill(Now.AddMilliseconds(500)));
    }

    [Fact]
    public void AFileTouchedAThousandTimesASecondKeepsNoOtherWaiting()
    {
        _pending.Touch("b.md", Now);
        for (int i = 0; i < 1000; i++)
        {
            _pending.Touch("a.md", Now.AddMilliseconds(i));
        }

        Assert.Equal(["b.md"], _pending.TakeStill(Now.AddMilliseconds(999)));
    }

    [Fact]
    public void AFileFoundByAScanThatWasWrittenLongAgoIsStillAlready()
    {
        _pending.See("a.md", new FileStamp(5, Now.AddMinutes(-1)), Now);

        Assert.Equal(["a.md"], _pending.TakeStill(Now));
    }

    [Fact]
    public void AFileWhoseTimeLiesInTheFutureIsWaitedForFromNowOn()
    {
        _pending.See("a.md", new FileStamp(5, Now.AddYears(1)), Now);

        Assert.Equal(Now.AddMilliseconds(300), _pending.Due);
    }

    [Fact]
    public void AFileIsKnownToBeWrittenOnceItWasTouchedThoughItIsThenSeen()
    {
        _pending.See("a.md", new FileStamp(5, Now), Now);
        Assert.False(_pending.IsTouched("a.md"));
        _pending.Touch("a.md", Now);
        _pending.See("a.md", new FileStamp(5, Now), Now);

        Assert.True(_pending.IsTouched("a.md"));
    }

    [Fact]
    public void AFileThatGrewBetweenTwoScansIsWaitedForAnew()
    {
        _pending.See("a.md", new FileStamp(5, Now), Now);
        _pending.See("a.md", new FileStamp(9, Now.AddMilliseconds(250)), Now.AddMilliseconds(250));

        Assert.Empty(_pending.TakeStill(Now.AddMilliseconds(500)));
    }
}
