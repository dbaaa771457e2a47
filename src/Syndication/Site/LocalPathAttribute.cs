namespace Syndication.Site;

/// <summary>
/// Marks a setting that names a file or folder. A relative one belongs to the folder of the file that says it, or to the caller's
/// folder when an environment variable or the command line says it; bound options hold it absolute.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LocalPathAttribute : Attribute;
