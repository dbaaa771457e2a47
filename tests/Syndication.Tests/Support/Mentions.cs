using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Syndication.Tests.Support;

/// <summary>Mentions one type in each kind of place, so that the reader of references can be tested.</summary>
[TypeConverter(typeof(Rune))]
internal abstract class Mentions : IComparable<Half>
{
    private readonly Lazy<Version>[] _field = [];

    public Uri? Property { get; set; }

    public Func<Task> Lambda => async () =>
    {
        await Task.CompletedTask;
        _ = CultureInfo.InvariantCulture;
        try
        {
            _ = _field.Length;
        }
        catch (EncoderFallbackException)
        {
        }
    };

    public abstract int CompareTo(Half other);

    public abstract void Signature(ref BigInteger number);

    public abstract void Constrained<T>() where T : MemoryManager<byte>;

    /// <summary>Counts as the type around it.</summary>
    internal sealed class Nested
    {
        public StringBuilder Text { get; } = new();
    }
}
