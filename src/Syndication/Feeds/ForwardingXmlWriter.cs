using System.Xml;

namespace Syndication.Feeds;

/// <summary>An XML writer that passes everything on; what a format needs otherwise is overridden. It does not own the writer behind it.</summary>
internal abstract class ForwardingXmlWriter(XmlWriter output) : XmlWriter
{
    public override WriteState WriteState => output.WriteState;

    public override XmlWriterSettings? Settings => output.Settings;

    public override void Flush() => output.Flush();

    public override string? LookupPrefix(string ns) => output.LookupPrefix(ns);

    public override void WriteBase64(byte[] buffer, int index, int count) => output.WriteBase64(buffer, index, count);

    public override void WriteCData(string? text) => output.WriteCData(text);

    public override void WriteCharEntity(char ch) => output.WriteCharEntity(ch);

    public override void WriteChars(char[] buffer, int index, int count) => output.WriteChars(buffer, index, count);

    public override void WriteComment(string? text) => output.WriteComment(text);

    public override void WriteDocType(string name, string? pubid, string? sysid, string? subset) => output.WriteDocType(name, pubid, sysid, subset);

    public override void WriteEndAttribute() => output.WriteEndAttribute();

    public override void WriteEndDocument() => output.WriteEndDocument();

    public override void WriteEndElement() => output.WriteEndElement();

    public override void WriteEntityRef(string name) => output.WriteEntityRef(name);

    public override void WriteFullEndElement() => output.WriteFullEndElement();

    public override void WriteProcessingInstruction(string name, string? text) => output.WriteProcessingInstruction(name, text);

    public override void WriteRaw(char[] buffer, int index, int count) => output.WriteRaw(buffer, index, count);

    public override void WriteRaw(string data) => output.WriteRaw(data);

    public override void WriteStartAttribute(string? prefix, string localName, string? ns) => output.WriteStartAttribute(prefix, localName, ns);

    public override void WriteStartDocument() => output.WriteStartDocument();

    public override void WriteStartDocument(bool standalone) => output.WriteStartDocument(standalone);

    public override void WriteStartElement(string? prefix, string localName, string? ns) => output.WriteStartElement(prefix, localName, ns);

    public override void WriteString(string? text) => output.WriteString(text);

    public override void WriteSurrogateCharEntity(char lowChar, char highChar) => output.WriteSurrogateCharEntity(lowChar, highChar);

    public override void WriteWhitespace(string? ws) => output.WriteWhitespace(ws);
}
