using System.Collections.Immutable;
using Syndication.Editions;
using Syndication.Schedule;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Tests.Editions;

/// <summary>
/// Months of random posts, corrections, topics, cadences, pauses, zones and outages through the pure planners, without a database. What
/// each reader gets is compared with a naive model: whether something was for a reader is decided at the instant of its release.
/// </summary>
public sealed class PlannerPropertyTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
    private static readonly string[] Topics = ["cats", "dogs", "birds"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EachReaderGetsWhatIsTheirsOnceWhateverHappens(int group)
    {
        for (int seed = group * 100; seed < (group * 100) + 100; seed++)
        {
            Run run = new(seed);
            run.Pass();
            foreach (Reader reader in run.Readers)
            {
                Assert.True(reader.Got.SequenceEqual(reader.Got.Distinct()), $"seed {seed}: twice to {reader}");
                Assert.True(
                    reader.Theirs.SetEquals(reader.Got),
                    $"seed {seed}: {reader} should get {string.Join(' ', reader.Theirs.Order())} and got {string.Join(' ', reader.Got.Order())}");
            }

            Assert.True(run.DigestHours.All(hour => hour == 8), $"seed {seed}: a digest was not due at eight");
        }
    }

    private sealed class Reader(int number, Subscription subscription)
    {
        public Subscription Subscription { get; set; } = subscription;

        public long Mark { get; set; }

        /// <summary>The numbers that came, in their order.</summary>
        public List<long> Got { get; } = [];

        /// <summary>What the naive model says.</summary>
        public HashSet<long> Theirs { get; } = [];

        public override string ToString() => $"reader {number} ({Subscription.Cadence}, {string.Join(',', Subscription.Topics.Select(t => t.Topic))})";
    }

    private sealed class Run
    {
        private readonly Random _chance;
        private readonly TimeZoneInfo _zone;
        private readonly List<Release> _releases = [];
        private readonly Dictionary<Cadence, DateTimeOffset> _lastSlot = [];
        private readonly Dictionary<Cadence, NextSlot> _slots;
        private long _taken;
        private DateTimeOffset _now = new(2026, 2, 20, 12, 0, 0, TimeSpan.Zero);

        public Run(int seed)
        {
            _chance = new Random(seed);
            _zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[seed % Zones.Length]);
            Newsletter news = EditionWorld.Newsletter();
            _slots = ((Cadence[])[Cadence.Daily, Cadence.Weekly, Cadence.Monthly]).ToDictionary(c => c, c => CronSlots.Of(news.CronOf(c), _zone));
            foreach (Cadence cadence in _slots.Keys)
            {
                _lastSlot[cadence] = _now;
            }

            for (int i = 0; i < 12; i++)
            {
                Join();
            }
        }

        public List<Reader> Readers { get; } = [];

        public List<int> DigestHours { get; } = [];

        public void Pass()
        {
            for (int step = 0; step < 300; step++)
            {
                // Now and then nobody looks for up to three weeks.
                _now += _chance.Next(40) == 0 ? TimeSpan.FromHours(_chance.Next(24, 500)) : TimeSpan.FromMinutes(_chance.Next(20, 700));
                Happen();
                Look();
            }

            // In the end all turn to weekly digests and nobody pauses: whatever is still theirs comes.
            foreach (Reader reader in Readers)
            {
                reader.Subscription = reader.Subscription.Resumed(_now) with { Cadence = Cadence.Weekly };
            }

            for (int hour = 0; hour < 24 * 15; hour++)
            {
                _now += TimeSpan.FromHours(1);
                Look();
            }
        }

        private void Happen()
        {
            switch (_chance.Next(8))
            {
                case 0 or 1 or 2:
                    Release(null);
                    break;
                case 3 when _releases.Exists(r => r.Correction is null):
                    Release[] posts = [.. _releases.Where(r => r.Correction is null)];
                    Release(posts[_chance.Next(posts.Length)]);
                    break;
                case 4:
                    Reader mover = Any();
                    mover.Subscription = mover.Subscription with { Cadence = (Cadence)_chance.Next(4) };
                    break;
                case 5:
                    Choose(Any(), SomeTopics());
                    break;
                case 6:
                    Reader sleeper = Any();
                    sleeper.Subscription = _chance.Next(2) == 0 ? sleeper.Subscription.Paused(null, _now) : sleeper.Subscription.Resumed(_now);
                    break;
                default:
                    Join();
                    break;
            }
        }

        private void Join()
        {
            Subscription subscription = new()
            {
                Id = Readers.Count + 1,
                SubscriberId = Readers.Count + 1,
                Newsletter = "posts",
                Cadence = (Cadence)_chance.Next(4),
                Since = _now,
            };
            Readers.Add(new Reader(Readers.Count, subscription with { Topics = [.. SomeTopics().Select(t => new TopicChoice(t, _now))] }));
        }

        /// <summary>What is of no chosen topic any more, and has not come yet, does not come.</summary>
        private void Choose(Reader reader, IEnumerable<string> topics)
        {
            reader.Subscription = reader.Subscription.WithTopics(topics.Distinct(), _now);
            if (reader.Subscription.ChosenTopics.Any())
            {
                reader.Theirs.RemoveWhere(number => !reader.Got.Contains(number) && !reader.Subscription.ChosenTopics.Contains(_releases[(int)number - 1].Topics[0]));
            }
        }

        private Reader Any() => Readers[_chance.Next(Readers.Count)];

        private string[] SomeTopics() => [.. Topics.Where(_ => _chance.Next(3) == 0)];

        /// <summary>
        /// Releases a post or a correction. The naive model is asked here: a post is for whoever is subscribed to one of its topics now and
        /// not paused. A correction is looked at when it is taken, for what counts is what was sent until then.
        /// </summary>
        private void Release(Release? corrected)
        {
            long number = _releases.Count + 1;
            _now += TimeSpan.FromMinutes(1);
            Release release = new(number, corrected?.PostId ?? $"post{number}", _now, [Topics[_chance.Next(3)]])
            {
                Correction = corrected is null ? null : new Correction($"{number}", $"Text {number}", _chance.Next(2) == 0),
                Corrects = corrected?.Number,
            };
            _releases.Add(release);
            _now += TimeSpan.FromMinutes(1);
            foreach (Reader reader in Readers.Where(r => corrected is null && !IsPaused(r)))
            {
                if (!reader.Subscription.ChosenTopics.Any() || reader.Subscription.ChosenTopics.Contains(release.Topics[0]))
                {
                    reader.Theirs.Add(number);
                }
            }
        }

        private static bool IsPaused(Reader reader) => reader.Subscription.Pauses is [.., { Until: null }];

        /// <summary>What the job does: opens each-post editions, then the slots that are due.</summary>
        private void Look()
        {
            foreach (Release release in _releases.Where(r => r.IsForEachPost && r.Number > _taken).ToArray())
            {
                Send(Cadence.EachPost, release.Number, release.ReleasedAt);
                _taken = release.Number;
            }

            foreach ((Cadence cadence, NextSlot next) in _slots)
            {
                SlotPlan plan = SlotPlanner.Plan(cadence, _lastSlot[cadence], next, _now);
                _lastSlot[cadence] = plan.Due ?? plan.PassedOver ?? _lastSlot[cadence];
                if (plan.Due is DateTimeOffset due)
                {
                    DigestHours.Add(TimeZoneInfo.ConvertTime(due, _zone).Hour);
                    Send(cadence, _releases.Count, due);
                }
            }
        }

        private void Send(Cadence cadence, long upto, DateTimeOffset slot)
        {
            foreach (Reader reader in Readers.Where(r => r.Subscription.Cadence == cadence && r.Subscription.Since < _now))
            {
                HashSet<long> sent = [.. reader.Got];
                ImmutableArray<long>? chosen = Selection.For(
                    reader.Subscription, reader.Mark, ImmutableHashSet<long>.Empty, _releases, upto, slot, sent);
                if (chosen is not ImmutableArray<long> numbers)
                {
                    continue;
                }

                foreach (Release correction in _releases.Where(r => r.Correction is not null && r.Number > reader.Mark && r.Number <= upto))
                {
                    bool isWithin = correction.ReleasedAt > reader.Subscription.Since
                        && !reader.Subscription.Pauses.Any(p => p.From <= correction.ReleasedAt && !(p.Until <= correction.ReleasedAt));
                    if (isWithin && sent.Contains(correction.Corrects!.Value) && (cadence != Cadence.EachPost || correction.Correction!.ByMail))
                    {
                        reader.Theirs.Add(correction.Number);
                    }
                }

                reader.Got.AddRange(numbers);
                reader.Mark = Math.Max(reader.Mark, upto);
            }
        }
    }
}
