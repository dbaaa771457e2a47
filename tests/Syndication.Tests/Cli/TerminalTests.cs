using Syndication.Cli;

namespace Syndication.Tests.Cli;

public sealed class TerminalTests
{
    [Fact]
    public void NothingPrintedControlsTheTerminalButRenderedText()
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        Terminal terminal = Terminal.Real() with { Out = output, Error = errors };

        terminal.PrintLine("a\u001b[2Jb\n");
        terminal.PrintHint("c\u0007");
        terminal.PrintError("d\r");
        terminal.PrintText("<p>\n</p>\n");

        Assert.Equal($"a\\u001b[2Jb\\u000a{Environment.NewLine}<p>\n</p>\n", output.ToString());
        Assert.Equal($"c\\u0007{Environment.NewLine}error: d\\u000d{Environment.NewLine}", errors.ToString());
    }
}
