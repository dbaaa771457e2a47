using System.Globalization;
using System.Net;
using Syndication.WebSub;

namespace Syndication.Tests.WebSub;

public sealed class PendingRequestsTests
{
    private readonly PendingRequests _pending = new();

    [Fact]
    public void AnAddressMayHaveSoManyWaitingAndMoreOnceTheyAreDealtWith()
    {
        IPAddress reader = IPAddress.Parse("198.51.100.1");
        Assert.All(Enumerable.Range(0, PendingRequests.MostFrom), i => Assert.Equal(Admission.Taken, _pending.TryAdd(To($"h{i}.example"), reader)));
        Assert.Equal(Admission.TooMany, _pending.TryAdd(To("more.example"), reader));
        Assert.Equal(Admission.TooMany, _pending.TryAdd(To("more.example"), reader.MapToIPv6()));
        Assert.Equal(Admission.Taken, _pending.TryAdd(To("more.example"), IPAddress.Parse("198.51.100.2")));

        var taken = _pending.Take();
        Assert.Equal(Admission.TooMany, _pending.TryAdd(To("yet.example"), reader));
        Assert.Empty(_pending.Take());
        _pending.End(taken);
        Assert.Equal(Admission.Taken, _pending.TryAdd(To("yet.example"), reader));
    }

    [Fact]
    public void AllOfAnIPv6NetworkAreOne()
    {
        Assert.All(Enumerable.Range(1, PendingRequests.MostFrom), i => Assert.Equal(
            Admission.Taken, _pending.TryAdd(To($"h{i}.example"), IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2a00:1:2:3::{i}")))));
        Assert.Equal(Admission.TooMany, _pending.TryAdd(To("more.example"), IPAddress.Parse("2a00:1:2:3:ffff::1")));
        Assert.Equal(Admission.Taken, _pending.TryAdd(To("more.example"), IPAddress.Parse("2a00:1:2:4::1")));
    }

    [Fact]
    public void AHostIsAskedForOnlySoManyWhoeverAsks()
    {
        Assert.All(Enumerable.Range(0, PendingRequests.MostTo), i => Assert.Equal(Admission.Taken, _pending.TryAdd(To("victim.example", i), From(i))));
        Assert.Equal(Admission.TooMany, _pending.TryAdd(To("VICTIM.example", 999), From(999)));
    }

    [Fact]
    public void ThereIsAnEndToAllOfThem()
    {
        Assert.All(Enumerable.Range(0, PendingRequests.Most), i => Assert.Equal(Admission.Taken, _pending.TryAdd(To($"h{i}.example"), From(i))));
        Assert.Equal(Admission.Full, _pending.TryAdd(To("more.example"), From(999)));
    }

    [Fact]
    public void OfTwoForTheSameSubscriptionTheLaterCounts()
    {
        _pending.TryAdd(To("reader.example"), From(1));
        _pending.TryAdd(To("reader.example") with { Mode = HubMode.Unsubscribe }, From(1));

        Assert.Equal(HubMode.Unsubscribe, Assert.Single(_pending.Take()).Mode);
    }

    private static IPAddress From(int i) => new([198, 51, (byte)(i / 256), (byte)(i % 256)]);

    private static HubRequest To(string host, int i = 0) =>
        new(HubMode.Subscribe, "https://blog.example.org/feed.xml", new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{host}/{i}"))) { Version = "v" };
}
