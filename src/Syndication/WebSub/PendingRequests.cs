using System.Collections.Immutable;
using System.Net;

namespace Syndication.WebSub;

/// <summary>What becomes of a request for the time being.</summary>
internal enum Admission
{
    Taken,

    /// <summary>Too many from the same address, or to the same host, are not verified yet.</summary>
    TooMany,

    /// <summary>Too many of all.</summary>
    Full,
}

/// <summary>
/// Requests that are not verified yet. In memory alone: a subscriber whose request was lost with the process asks again, and of who asked nothing is
/// kept but, so long, how many are from there. For any number of threads.
/// </summary>
internal sealed class PendingRequests
{
    public const int Most = 256;

    /// <summary>From one network.</summary>
    public const int MostFrom = 32;

    /// <summary>To one host.</summary>
    public const int MostTo = 16;

    private readonly Lock _lock = new();
    private readonly List<Entry> _waiting = [];
    private readonly List<Entry> _underWay = [];

    /// <summary>Takes a request in. One that waits for the same subscription is replaced by it.</summary>
    public Admission TryAdd(HubRequest request, IPAddress? from)
    {
        IPAddress? network = from is null ? null : PublicAddress.NetworkOf(from);
        lock (_lock)
        {
            _waiting.RemoveAll(w => w.Request.IsForSame(request));
            List<Entry> all = [.. _waiting, .. _underWay];
            if (all.Count >= Most)
            {
                return Admission.Full;
            }

            if (all.Count(e => Equals(e.From, network)) >= MostFrom || all.Count(e => e.Request.Callback.IdnHost == request.Callback.IdnHost) >= MostTo)
            {
                return Admission.TooMany;
            }

            _waiting.Add(new Entry(request, network));
            return Admission.Taken;
        }
    }

    /// <summary>All that wait, in the order in which they came; each still counts until its end.</summary>
    public ImmutableArray<HubRequest> Take()
    {
        lock (_lock)
        {
            ImmutableArray<HubRequest> taken = [.. _waiting.Select(w => w.Request)];
            _underWay.AddRange(_waiting);
            _waiting.Clear();
            return taken;
        }
    }

    /// <summary>Requests that were taken are dealt with.</summary>
    public void End(IEnumerable<HubRequest> requests)
    {
        HashSet<HubRequest> ended = new(requests, ReferenceEqualityComparer.Instance);
        lock (_lock)
        {
            _underWay.RemoveAll(u => ended.Contains(u.Request));
        }
    }

    /// <summary>What was taken and not dealt with waits again, before what came since; of two for the same subscription the later one.</summary>
    public void PutBack()
    {
        lock (_lock)
        {
            _waiting.InsertRange(0, _underWay.Where(u => !_waiting.Exists(w => w.Request.IsForSame(u.Request))));
            _underWay.Clear();
        }
    }

    private sealed record Entry(HubRequest Request, IPAddress? From);
}
