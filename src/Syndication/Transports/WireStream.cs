using System.Net.Sockets;

namespace Syndication.Transports;

/// <summary>
/// The bytes of a connection, sent when they are flushed and in one piece where they fit: each piece costs a call here and another at
/// the server, and MailKit writes a mail in six. One caller at a time.
/// </summary>
internal sealed class WireStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>Bytes; most mails fit, and a connection keeps no more than this.</summary>
    private const int Capacity = 64 * 1024;

    private readonly byte[] _waiting = new byte[Capacity];
    private int _length;

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > Capacity - _length)
        {
            await FlushAsync(cancellationToken);
        }

        if (buffer.Length > Capacity)
        {
            await base.WriteAsync(buffer, cancellationToken);
            return;
        }

        buffer.CopyTo(_waiting.AsMemory(_length));
        _length += buffer.Length;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> waiting = _waiting.AsMemory(0, _length);
        _length = 0;
        if (waiting.Length > 0)
        {
            await base.WriteAsync(waiting, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Mail is sent asynchronously.");

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException("Mail is sent asynchronously.");
}
