using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Syndication.Content.Liquid;

/// <summary>
/// The short names of time zones, such as CEST, which .NET does not know: read from the system's zone files (RFC 9636). Where there
/// are none, a zone is named by its offset. For any number of threads.
/// </summary>
internal sealed class ZoneNames
{
    private const string Folder = "/usr/share/zoneinfo";
    private const int HeaderLength = 44;

    private static readonly ConcurrentDictionary<string, ZoneNames> Known = new(StringComparer.Ordinal);

    private readonly long[] _changes;
    private readonly (int Seconds, string Name)[] _kinds;

    /// <summary>For each change, which of the kinds of time it begins.</summary>
    private readonly int[] _begun;

    private ZoneNames(long[] changes, int[] begun, (int Seconds, string Name)[] kinds)
    {
        _changes = changes;
        _begun = begun;
        _kinds = kinds;
    }

    public static string Of(TimeZoneInfo zone, DateTimeOffset instant)
    {
        TimeSpan offset = zone.GetUtcOffset(instant);
        string id = zone.Id;
        bool isUtc = offset == TimeSpan.Zero && id is "UTC" or "Etc/UTC" or "Etc/UCT" or "Zulu";
        return isUtc ? "UTC" : Known.GetOrAdd(id, Read).Name(instant.ToUnixTimeSeconds(), (int)offset.TotalSeconds) ?? Numeric(offset);
    }

    private static string Numeric(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);

    /// <summary>The name of the time that runs, or of any with the same offset: beyond the last change the file has rules alone.</summary>
    private string? Name(long instant, int offset)
    {
        int at = Array.BinarySearch(_changes, instant);
        at = at < 0 ? ~at - 1 : at;
        return at >= 0 && _kinds[_begun[at]].Seconds == offset ? _kinds[_begun[at]].Name : _kinds.LastOrDefault(kind => kind.Seconds == offset).Name;
    }

    private static ZoneNames Read(string id)
    {
        try
        {
            string path = Path.Combine(Folder, id);
            return File.Exists(path) ? Parse(File.ReadAllBytes(path)) : new ZoneNames([], [], []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or IndexOutOfRangeException)
        {
            return new ZoneNames([], [], []);
        }
    }

    /// <exception cref="ArgumentException">The file ends too early.</exception>
    private static ZoneNames Parse(byte[] file)
    {
        // The first block has times of 32 bits; from version 2 on, another follows with times of 64.
        int width = file[4] == 0 ? 4 : 8;
        int start = width == 4 ? 0 : HeaderLength + Length(file, 4);
        ReadOnlySpan<byte> block = file.AsSpan(start);
        int changes = Count(block, 3);
        int kinds = Count(block, 4);
        ReadOnlySpan<byte> times = block[HeaderLength..];
        ReadOnlySpan<byte> begun = times[(changes * width)..];
        ReadOnlySpan<byte> types = begun[changes..];
        ReadOnlySpan<byte> names = types[(kinds * 6)..][..Count(block, 5)];
        long[] instants = new long[changes];
        int[] indices = new int[changes];
        for (int i = 0; i < changes; i++)
        {
            ReadOnlySpan<byte> time = times[(i * width)..];
            instants[i] = width == 4 ? BinaryPrimitives.ReadInt32BigEndian(time) : BinaryPrimitives.ReadInt64BigEndian(time);
            indices[i] = begun[i];
        }

        (int, string)[] found = new (int, string)[kinds];
        for (int i = 0; i < kinds; i++)
        {
            ReadOnlySpan<byte> type = types[(i * 6)..];
            ReadOnlySpan<byte> name = names[type[5]..];
            found[i] = (BinaryPrimitives.ReadInt32BigEndian(type), Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]));
        }

        return new ZoneNames(instants, indices, found);
    }

    /// <summary>One of the header's counts: UT indicators, standard indicators, leap seconds, changes, kinds, characters.</summary>
    private static int Count(ReadOnlySpan<byte> block, int which) => BinaryPrimitives.ReadInt32BigEndian(block[(20 + (4 * which))..]);

    private static int Length(ReadOnlySpan<byte> block, int width) => (Count(block, 3) * (width + 1)) + (Count(block, 4) * 6) + Count(block, 5)
        + (Count(block, 2) * (width + 4)) + Count(block, 1) + Count(block, 0);
}
