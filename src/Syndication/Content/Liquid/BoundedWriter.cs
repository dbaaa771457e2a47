using System.Text;

namespace Syndication.Content.Liquid;

/// <summary>Collects what a template writes, and counts it against what the rendering may write in all.</summary>
internal sealed class BoundedWriter(LiquidScope scope) : TextWriter
{
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value)
    {
        scope.Spend(1);
        _text.Append(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        scope.Spend(count);
        _text.Append(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        scope.Spend(buffer.Length);
        _text.Append(buffer);
    }

    public override void Write(string? value)
    {
        scope.Spend(value?.Length ?? 0);
        _text.Append(value);
    }

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char[] buffer, int index, int count)
    {
        Write(buffer, index, count);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return Task.CompletedTask;
    }

    public override string ToString() => _text.ToString();
}
