using System.Collections.Immutable;
using System.Globalization;
using Syndication.Site;

namespace Syndication.Posts;

/// <summary>Tells in the log what is new in a catalog, each thing once. One thread at a time.</summary>
internal sealed partial class CatalogReport(ILogger log)
{
    private PostCatalog? _former;

    public void Tell(PostCatalog catalog, DateTimeOffset now)
    {
        ImmutableHashSet<Problem> told = _former is null ? [] : [.. _former.Problems];
        foreach (Problem problem in catalog.Problems.Where(p => !told.Contains(p)))
        {
            Log.Problem(log, problem);
        }

        if (catalog.Hold is RemovalHold hold && hold != _former?.Hold)
        {
            Log.Held(log, hold.Missing, hold.Known, catalog.Site.PostsFolder);
        }

        if (_former is not null)
        {
            CatalogDiff diff = catalog.Since(_former);
            if (!diff.IsEmpty)
            {
                Log.Changed(log, diff.Added.Length, diff.Changed.Length, diff.Removed.Length);
            }

            HashSet<(string, DateTimeOffset)> waited = [.. _former.Waiting(now).Select(p => (p.Id, p.ShownFrom))];
            foreach (Post post in catalog.Waiting(now).Where(p => !waited.Contains((p.Id, p.ShownFrom))))
            {
                Log.Waits(log, post.Title, post.ShownFrom.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture), InWords(post.ShownFrom - now));
            }
        }

        _former = catalog;
    }

    /// <summary>A length of time in its largest unit, rounded down: 3 d, 8 h, 12 min, 40 s.</summary>
    public static string InWords(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds} s"),
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "posts: {Added} new, {Changed} changed, {Removed} removed")]
        public static partial void Changed(ILogger logger, int added, int changed, int removed);

        [LoggerMessage(LogLevel.Information, "'{Post}' waits until {Date} (in {Time})")]
        public static partial void Waits(ILogger logger, string post, string date, string time);

        [LoggerMessage(LogLevel.Warning, "{Problem}")]
        public static partial void Problem(ILogger logger, Problem problem);

        [LoggerMessage(LogLevel.Warning,
            "{Missing} of {Known} posts in {Folder} are gone at once; they stay in the feeds until they are back, or until `syndication posts confirm` says that it is meant")]
        public static partial void Held(ILogger logger, int missing, int known, string folder);
    }
}
