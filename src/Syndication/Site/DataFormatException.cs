namespace Syndication.Site;

/// <summary>Text that is not the YAML, TOML or JSON it should be, or is more of it than anybody writes by hand.</summary>
/// <param name="line">Line of the file, counted from 1, or null where it is unknown.</param>
/// <param name="what">What is wrong, for a person, without the line.</param>
internal sealed class DataFormatException(int? line, string what) : Exception(what)
{
    public int? Line { get; } = line;
}
