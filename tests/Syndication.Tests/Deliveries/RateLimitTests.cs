using Syndication.Deliveries;
using Syndication.Transports;

namespace Syndication.Tests.Deliveries;

/// <summary>Every window of a run is counted by itself: none may hold more than its limit.</summary>
public sealed class RateLimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly WarmUpOptions NoPlan = new();

    [Fact]
    public void NoWindowHoldsMoreThanItsLimitWhateverIsAskedAndRestarted()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            RelayLimits limits = Limits(random);
            List<(TimeSpan At, int Count)> sent = [];
            TimeSpan passed = TimeSpan.Zero;
            TimeSpan clock = TimeSpan.Zero;
            RateLimit rate = new(limits, NoPlan);
            for (int step = 0; step < 3000; step++)
            {
                DateTimeOffset now = Start + passed + clock;
                int count = Math.Min(rate.Room(now), random.Next(1, 40));
                if (count > 0)
                {
                    Assert.Equal(TimeSpan.Zero, rate.WaitFor(now));
                    rate.Take(now, count);
                    sent.Add((passed, count));
                }
                else
                {
                    Assert.True(rate.WaitFor(now) > TimeSpan.Zero);
                }

                switch (random.Next(30))
                {
                    case 0:
                        rate = new RateLimit(limits, NoPlan, rate.Save(), rate.FirstSent);
                        break;
                    case 1:
                        clock -= TimeSpan.FromSeconds(random.NextDouble() * random.Next(1, 8000));
                        break;
                }

                passed += random.Next(8) == 0 ? rate.WaitFor(Start + passed + clock) : TimeSpan.FromSeconds(random.NextDouble() * random.Next(1, 5) / 10);
            }

            IsNeverAbove(sent, limits);
        }
    }

    [Theory]
    [InlineData(1, null, null, null)]
    [InlineData(7, null, null, null)]
    [InlineData(null, 1, null, null)]
    [InlineData(null, 90, null, null)]
    [InlineData(5, 250, 10000, null)]
    [InlineData(null, null, 33, null)]
    [InlineData(null, null, null, 24)]
    [InlineData(null, null, null, 20000)]
    public void ASteadyStreamGetsNearlyAllOfItsLimit(int? second, int? minute, int? hour, int? day)
    {
        RelayLimits limits = new() { PerSecond = second, PerMinute = minute, PerHour = hour, PerDay = day };
        RateLimit rate = new(limits, NoPlan);
        List<(TimeSpan At, int Count)> sent = [];
        TimeSpan passed = TimeSpan.Zero;
        (TimeSpan Span, int? Limit)[] bounds = Bounds(limits);
        TimeSpan span = bounds.Last(b => b.Limit is not null).Span;
        while (passed < 10 * span)
        {
            rate.Take(Start + passed, 1);
            sent.Add((passed, 1));
            TimeSpan wait = rate.WaitFor(Start + passed);
            passed += wait;
        }

        double most = bounds.Where(b => b.Limit is not null).Min(b => b.Limit!.Value * (passed / b.Span));
        Assert.True(sent.Count >= 0.95 * most, $"{sent.Count} of {most}");
        IsNeverAbove(sent, limits);
    }

    [Fact]
    public void AClockThatIsSetForwardOrBackWhileItRunsChangesNothing()
    {
        TwoClocks time = new() { Wall = Start };
        SteadyClock clock = new(time);
        RateLimit rate = new(new RelayLimits { PerHour = 10 }, NoPlan);
        rate.Take(clock.Now, 10);

        time.Wall += TimeSpan.FromDays(3);
        Assert.Equal(0, rate.Room(clock.Now));
        time.Wall -= TimeSpan.FromDays(6);
        Assert.Equal(0, rate.Room(clock.Now));

        time.Passed += TimeSpan.FromMinutes(62);
        Assert.Equal(10, rate.Room(clock.Now));
    }

    [Fact]
    public void AClockThatWasWrongForADayIsForgiven()
    {
        RateLimit rate = new(new RelayLimits { PerHour = 10 }, NoPlan);
        rate.Take(Start + TimeSpan.FromDays(1), 10);
        RateLimit again = new(new RelayLimits { PerHour = 10 }, NoPlan, rate.Save(), rate.FirstSent);

        Assert.Equal(0, again.Room(Start));
        Assert.InRange(again.WaitFor(Start), TimeSpan.FromHours(1), TimeSpan.FromMinutes(62));
        Assert.Equal(10, again.Room(Start + TimeSpan.FromMinutes(62)));
    }

    [Fact]
    public void ALimitThatIsNewKnowsWhatWasSentBeforeIt()
    {
        RateLimit rate = new(new RelayLimits(), NoPlan);
        rate.Take(Start, 80);

        RateLimit limited = new(new RelayLimits { PerDay = 100 }, NoPlan, rate.Save(), rate.FirstSent);

        Assert.Equal(20, limited.Room(Start + TimeSpan.FromHours(23)));
        Assert.Equal(100, limited.Room(Start + TimeSpan.FromHours(25)));
    }

    [Fact]
    public void AWarmUpGrowsByDaysAndEnds()
    {
        WarmUpOptions plan = new() { FirstDay = 100, Growth = 2, Until = 3 };
        RateLimit rate = new(new RelayLimits { PerDay = 350 }, plan);
        List<(TimeSpan At, int Count)> sent = [];
        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromDays(6); passed += TimeSpan.FromMinutes(10))
        {
            int room = rate.Room(Start + passed);
            if (room > 0)
            {
                rate.Take(Start + passed, room);
                sent.Add((passed, room));
            }

            if (passed == TimeSpan.FromMinutes(10))
            {
                Assert.Equal(TimeSpan.FromDays(1) - passed, rate.WaitFor(Start + passed));
            }
        }

        Assert.Equal([100, 200, 350], Enumerable.Range(0, 3).Select(d => sent.Where(s => s.At >= TimeSpan.FromDays(d) && s.At < TimeSpan.FromDays(d + 1)).Sum(s => s.Count)).Select((n, d) => d < 2 ? n : Math.Min(350, n)));
        Assert.Equal(Start, rate.FirstSent);
        IsNeverAbove(sent, new RelayLimits { PerDay = 350 });
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(23.9, 100)]
    [InlineData(24, 150)]
    [InlineData(48, 225)]
    [InlineData(-5, 100)]
    [InlineData(96, null)]
    public void APlanIsByWholeDays(double hours, int? limit)
    {
        WarmUpPlan plan = new(new WarmUpOptions { FirstDay = 100, Growth = 1.5, Until = 4 }, Start);

        Assert.Equal(limit, plan.LimitAt(Start + TimeSpan.FromHours(hours)));
        Assert.Null(new WarmUpPlan(NoPlan, Start).LimitAt(Start));
        Assert.Equal(100, new WarmUpPlan(new WarmUpOptions { FirstDay = 100 }, null).LimitAt(Start));
    }

    [Fact]
    public void WhatIsSavedIsShort()
    {
        RateLimit rate = new(new RelayLimits(), NoPlan);
        for (int i = 0; i < 5000; i++)
        {
            rate.Take(Start + TimeSpan.FromSeconds(i * 20.1), 50);
        }

        Assert.InRange(rate.Save().Length, 100, 1000);
    }

    private static RelayLimits Limits(Random random) => new()
    {
        PerSecond = random.Next(2) == 0 ? null : random.Next(1, 30),
        PerMinute = random.Next(2) == 0 ? null : random.Next(1, 300),
        PerHour = random.Next(2) == 0 ? null : random.Next(1, 2000),
        PerDay = random.Next(4) == 0 ? null : random.Next(1, 5000),
    };

    private static (TimeSpan Span, int? Limit)[] Bounds(RelayLimits limits) =>
    [
        (TimeSpan.FromSeconds(1), limits.PerSecond), (TimeSpan.FromMinutes(1), limits.PerMinute), (TimeSpan.FromHours(1), limits.PerHour),
        (TimeSpan.FromDays(1), limits.PerDay),
    ];

    /// <summary>It is enough to look at windows that begin with a mail.</summary>
    private static void IsNeverAbove(List<(TimeSpan At, int Count)> sent, RelayLimits limits)
    {
        foreach ((TimeSpan span, int? limit) in Bounds(limits))
        {
            int first = 0;
            long sum = 0;
            foreach ((TimeSpan at, int count) in sent)
            {
                sum += count;
                while (sent[first].At < at - span)
                {
                    sum -= sent[first++].Count;
                }

                Assert.True(limit is null || sum <= limit, $"{sum} within {span} up to {at}, limit {limit}");
            }
        }
    }

    /// <summary>A clock on the wall that is set, and the time that passes meanwhile.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        public DateTimeOffset Wall { get; set; }

        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
