namespace Syndication.Site;

/// <summary>Options that know the bounds of their values. Types are checked before; this is what types cannot say.</summary>
internal interface IValidatedOptions
{
    /// <summary>Each property whose value is out of its bounds; nothing when all is well.</summary>
    public IEnumerable<InvalidOption> Invalid();
}

/// <param name="Property">Name of the property, as nameof gives it.</param>
/// <param name="Bound">What would have been right, as it stands after "expected".</param>
internal sealed record InvalidOption(string Property, string Bound);
