using System.Text;
using System.Xml;

namespace Syndication.Feeds;

/// <summary>The one way in which XML feeds become bytes.</summary>
internal static class FeedXml
{
    public const string Generator = "Syndication";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    /// <summary>Says of a feed that it is an archive document (RFC 5005, section 4).</summary>
    public static void WriteArchive(XmlWriter writer)
    {
        writer.WriteStartElement("fh", "archive", "http://purl.org/syndication/history/1.0");
        writer.WriteEndElement();
    }

    /// <summary>Writes UTF-8 without a byte order mark, with line feeds.</summary>
    public static void Write(Stream stream, Action<XmlWriter> write)
    {
        using (XmlWriter writer = XmlWriter.Create(stream, Settings))
        {
            write(writer);
        }

        stream.WriteByte((byte)'\n');
    }
}
