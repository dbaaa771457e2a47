using System.Collections.Immutable;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>
/// The leased mails that wait for a connection, by domain: notices first, then domain by domain in turn, each as far as its
/// <see cref="DomainPace"/> goes. So a slow domain delays no other. Decides nothing by itself; one thread at a time.
/// </summary>
/// <param name="capacity">So many mails are held at most.</param>
/// <param name="paces">What is known of the domains; what their mails say is kept there.</param>
internal sealed class Backlog(int capacity, DomainPaces paces)
{
    /// <summary>A domain holds this part of the backlog at most while it takes less than it is offered.</summary>
    private const int Share = 8;

    /// <summary>Domains without mail are remembered up to here.</summary>
    private const int MostDomains = 20_000;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, DomainLine> _lines = new(StringComparer.Ordinal);
    private readonly LinkedList<DomainLine> _turns = [];
    private readonly Queue<QueuedMail> _notices = [];
    private readonly Queue<DraftedMail> _draftedNotices = [];
    private readonly HashSet<DomainLine> _active = [];
    private double _usual;

    /// <summary>Of the relays that are open, together.</summary>
    public int Connections { get; set; } = 1;

    /// <summary>Waiting, drafted or not.</summary>
    public int Count { get; private set; }

    /// <summary>About what a mail takes with the quicker quarter of domains.</summary>
    public TimeSpan Usual => TimeSpan.FromMilliseconds(_usual);

    public void Add(QueuedMail mail)
    {
        Count++;
        if (mail.EditionId is null)
        {
            _notices.Enqueue(mail);
            return;
        }

        DomainLine line = LineOf(mail.Domain);
        line.Waiting.Enqueue(mail);
        Queue(line);
    }

    /// <summary>Whether a notice is made and may go.</summary>
    public bool HasDraftedNotice => _draftedNotices.Count > 0;

    /// <summary>Whether the next mail to be made is a notice's.</summary>
    public bool HasNotice => _notices.Count > 0;

    /// <summary>A mail to be made now, and then given to <see cref="Drafted"/>; null = enough are made, or none may go.</summary>
    public QueuedMail? NextToDraft(DateTimeOffset now)
    {
        if (_notices.TryDequeue(out QueuedMail? notice))
        {
            return notice;
        }

        return Next(line => line.Waiting.Count > 0 && !line.Pace.IsResting(now) && line.Ahead < 2 * line.Pace.Most) is DomainLine next
            ? next.Draft()
            : null;
    }

    public void Drafted(DraftedMail mail)
    {
        if (mail.Queued.EditionId is null)
        {
            _draftedNotices.Enqueue(mail);
            return;
        }

        LineOf(mail.Queued.Domain).Ready.Enqueue(mail);
    }

    /// <summary>A mail that was drafted and is not to go out after all.</summary>
    public void Drop(QueuedMail mail)
    {
        Count--;
        if (mail.EditionId is not null)
        {
            LineOf(mail.Domain).Ahead--;
        }
    }

    /// <summary>How many of the mails that are made may go now.</summary>
    public int Startable(DateTimeOffset now)
    {
        int startable = _draftedNotices.Count;
        foreach (DomainLine line in _turns)
        {
            if (line.Ready.Count > 0 && MayStart(line, now))
            {
                startable += Math.Min(line.Ready.Count, Limit(line, now) - line.UnderWay.Count);
            }
        }

        return startable;
    }

    /// <summary>The next mail that may go; it counts as under way until <see cref="Ended"/> or <see cref="Withheld"/>.</summary>
    /// <param name="now">When.</param>
    /// <param name="onlyNotices">No edition's mail may go.</param>
    public DraftedMail? NextToSend(DateTimeOffset now, bool onlyNotices)
    {
        if (_draftedNotices.TryDequeue(out DraftedMail? notice))
        {
            Count--;
            return notice;
        }

        if (onlyNotices || Next(line => line.Ready.Count > 0 && MayStart(line, now)) is not DomainLine next)
        {
            return null;
        }

        Count--;
        next.Ahead--;
        DraftedMail mail = next.Ready.Dequeue();
        next.UnderWay.Add((mail.Queued, now));
        _active.Add(next);
        return mail;
    }

    /// <summary>A mail that was to go is on the wire now: what it waited for the database is not its domain's time.</summary>
    public void Begun(QueuedMail mail, DateTimeOffset now)
    {
        if (mail.EditionId is not null)
        {
            List<(QueuedMail Mail, DateTimeOffset Began)> underWay = LineOf(mail.Domain).UnderWay;
            underWay[underWay.FindIndex(u => ReferenceEquals(u.Mail, mail))] = (mail, now);
        }
    }

    /// <summary>A mail did not go on the wire after all.</summary>
    public void Withheld(QueuedMail mail)
    {
        if (mail.EditionId is not null)
        {
            End(LineOf(mail.Domain), mail);
        }
    }

    /// <summary>What came of a mail that was under way.</summary>
    public void Ended(QueuedMail mail, SendOutcome outcome, TimeSpan took, DateTimeOffset now)
    {
        if (!OutcomeRule.IsOurs(outcome))
        {
            // A quarter of the mails is quicker than where these two steps balance.
            double milliseconds = took.TotalMilliseconds;
            _usual = _usual == 0 ? milliseconds : _usual * (milliseconds < _usual ? 0.9 : 1.035);
        }

        if (mail.EditionId is not null)
        {
            DomainLine line = LineOf(mail.Domain);
            End(line, mail);
            line.Pace = line.Pace.After(outcome, took, Connections, now);
            paces.Keep(mail.Domain, line.Pace, now);
        }
    }

    /// <summary>Mails that others must not wait behind, and when each might be taken again: of domains that rest, and the ends of long lines to slow ones.</summary>
    public ImmutableArray<(QueuedMail Mail, DateTimeOffset NotBefore)> TakeSurplus(DateTimeOffset now)
    {
        ImmutableArray<(QueuedMail, DateTimeOffset)>.Builder surplus = ImmutableArray.CreateBuilder<(QueuedMail, DateTimeOffset)>();
        DomainLine[] blocked = [.. _turns.Where(l => l.Pace.IsResting(now) || (Count > capacity / 2 && !MayStart(l, now)))];
        foreach (DomainLine line in blocked)
        {
            // What goes out within seconds anyhow stays where it is. A mail that hangs says how slow a domain is before any has ended.
            bool rests = line.Pace.IsResting(now);
            double each = Math.Max(line.Pace.Took.TotalSeconds, line.Hangs(now).TotalSeconds) / line.Pace.Most;
            int kept = rests ? 0 : (int)Math.Min(capacity, Math.Max(capacity / Share / blocked.Length, ShortestWait.TotalSeconds / Math.Max(each, 1e-6)));
            int place = kept;
            foreach (QueuedMail mail in line.TakeAfter(kept))
            {
                double wait = Math.Clamp(place++ * each, rests ? 0 : ShortestWait.TotalSeconds, LongestWait.TotalSeconds);
                surplus.Add((mail, (rests ? line.Pace.RestsUntil : now) + TimeSpan.FromSeconds(wait)));
            }
        }

        Count -= surplus.Count;
        return surplus.ToImmutable();
    }

    /// <summary>All mails of an edition that wait, but for those being drafted.</summary>
    public ImmutableArray<QueuedMail> Take(long edition)
    {
        ImmutableArray<QueuedMail> taken = [.. _turns.SelectMany(l => l.Take(edition))];
        Count -= taken.Length;
        return taken;
    }

    /// <summary>All that wait, but for those being drafted.</summary>
    public ImmutableArray<QueuedMail> TakeAll()
    {
        ImmutableArray<QueuedMail> taken = [.. _notices, .. _draftedNotices.Select(d => d.Queued), .. _turns.SelectMany(l => l.TakeAfter(0))];
        _notices.Clear();
        _draftedNotices.Clear();
        Count -= taken.Length;
        return taken;
    }

    private bool MayStart(DomainLine line, DateTimeOffset now) => !line.Pace.IsResting(now) && line.UnderWay.Count < Limit(line, now);

    /// <summary>
    /// How many mails may be under way to a domain: one that is known to be quick leaves a quarter of the connections to others that
    /// wait; one of which nothing is known half of them; and slow ones share a half.
    /// </summary>
    private int Limit(DomainLine line, DateTimeOffset now)
    {
        int half = Math.Max(1, Connections / 2);
        int limit = IsSlow(line, now) ? half - _active.Where(l => l != line && IsSlow(l, now)).Sum(l => l.UnderWay.Count)
            : !line.Pace.IsKnown ? half
            : _turns.Count > 1 ? Math.Max(1, Connections - Math.Max(1, Connections / 4))
            : Connections;
        return Math.Min(limit, line.Pace.Most);
    }

    /// <summary>As its mails say that have ended, or the oldest that has not.</summary>
    private bool IsSlow(DomainLine line, DateTimeOffset now) =>
        line.Pace.IsSlow(Usual) || DomainPace.IsSlow(line.Hangs(now), Usual);

    private void End(DomainLine line, QueuedMail mail)
    {
        line.UnderWay.RemoveAt(line.UnderWay.FindIndex(u => ReferenceEquals(u.Mail, mail)));
        if (line.UnderWay.Count == 0)
        {
            _active.Remove(line);
        }
    }

    /// <summary>The next line for which something holds; it goes to the end of the turns, and lines that have become empty leave them.</summary>
    private DomainLine? Next(Func<DomainLine, bool> holds)
    {
        for (int left = _turns.Count; left > 0; left--)
        {
            LinkedListNode<DomainLine> first = _turns.First!;
            _turns.RemoveFirst();
            if (first.Value.IsEmpty)
            {
                first.Value.IsInTurn = false;
                continue;
            }

            _turns.AddLast(first);
            if (holds(first.Value))
            {
                return first.Value;
            }
        }

        return null;
    }

    private void Queue(DomainLine line)
    {
        if (!line.IsInTurn)
        {
            line.IsInTurn = true;
            _turns.AddLast(line);
        }
    }

    private DomainLine LineOf(string domain)
    {
        if (_lines.TryGetValue(domain, out DomainLine? line))
        {
            return line;
        }

        if (_lines.Count >= MostDomains)
        {
            foreach (string idle in _lines.Where(l => l.Value is { IsEmpty: true, IsInTurn: false, UnderWay.Count: 0 }).Select(l => l.Key).ToList())
            {
                _lines.Remove(idle);
            }
        }

        line = new DomainLine { Pace = paces.Of(domain) };
        _lines.Add(domain, line);
        return line;
    }

    /// <summary>The mails to one domain.</summary>
    private sealed class DomainLine
    {
        public Queue<QueuedMail> Waiting { get; private set; } = [];

        public Queue<DraftedMail> Ready { get; private set; } = [];

        public DomainPace Pace { get; set; } = DomainPace.Unknown;

        /// <summary>Drafted or being drafted.</summary>
        public int Ahead { get; set; }

        /// <summary>Those on the wire, the oldest first.</summary>
        public List<(QueuedMail Mail, DateTimeOffset Began)> UnderWay { get; } = [];

        /// <summary>For how long the oldest on the wire has been there.</summary>
        public TimeSpan Hangs(DateTimeOffset now) => UnderWay.Count > 0 ? now - UnderWay[0].Began : TimeSpan.Zero;

        public bool IsInTurn { get; set; }

        public bool IsEmpty => Waiting.Count == 0 && Ahead == 0;

        public QueuedMail Draft()
        {
            Ahead++;
            return Waiting.Dequeue();
        }

        /// <summary>Takes all mails but for the first of those that are not drafted.</summary>
        public List<QueuedMail> TakeAfter(int kept)
        {
            List<QueuedMail> taken = [];
            if (kept == 0)
            {
                taken.AddRange(Ready.Select(d => d.Queued));
                Ahead -= Ready.Count;
                Ready.Clear();
            }

            taken.AddRange(Waiting.Skip(kept));
            Waiting = new(Waiting.Take(kept));
            return taken;
        }

        public List<QueuedMail> Take(long edition)
        {
            List<QueuedMail> taken = [.. Ready.Select(d => d.Queued).Where(m => m.EditionId == edition)];
            Ahead -= taken.Count;
            Ready = new(Ready.Where(d => d.Queued.EditionId != edition));
            taken.AddRange(Waiting.Where(m => m.EditionId == edition));
            Waiting = new(Waiting.Where(m => m.EditionId != edition));
            return taken;
        }
    }
}
