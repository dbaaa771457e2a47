using System.Text;

namespace Syndication.Site;

/// <summary>
/// Reads a file of configuration or site data: UTF-8, with or without a byte order mark, and of a size that people write by hand.
/// </summary>
internal static class ConfigurationFile
{
    private const int MaxBytes = 4_000_000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The file as a mapping, read as YAML, TOML or JSON by its ending.</summary>
    /// <exception cref="DataFormatException">It is not what its ending says.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static DataMap Read(string path, bool ignoreCase)
    {
        string text = ReadText(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".TOML" => TomlReader.Read(text, 1, ignoreCase),
            ".JSON" => JsonReader.Read(text, 1, ignoreCase),
            _ => YamlReader.Read(text, 1, ignoreCase),
        };
    }

    /// <summary>The file's text without a byte order mark.</summary>
    /// <exception cref="DataFormatException">It is not UTF-8, or too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadText(string path)
    {
        // Bounded by what is read, not by the size that is told: a pipe or a device has none.
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream content = new();
        byte[] chunk = new byte[16_384];
        for (int count = file.Read(chunk); count > 0; count = file.Read(chunk))
        {
            content.Write(chunk, 0, count);
            if (content.Length > MaxBytes)
            {
                throw new DataFormatException(null, $"the file is larger than {MaxBytes} bytes");
            }
        }

        ReadOnlySpan<byte> read = content.GetBuffer().AsSpan(0, (int)content.Length);

        if (read.StartsWith<byte>([0xFF, 0xFE]) || read.StartsWith<byte>([0xFE, 0xFF]))
        {
            throw new DataFormatException(null, "the file is UTF-16, not UTF-8");
        }

        try
        {
            return Strict.GetString(read.StartsWith(Encoding.UTF8.Preamble) ? read[3..] : read);
        }
        catch (DecoderFallbackException)
        {
            throw new DataFormatException(null, "the file is not UTF-8");
        }
    }
}
