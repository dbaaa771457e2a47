using System.Diagnostics;
using System.Globalization;

namespace Syndication.EndToEnd.Support;

/// <summary>The built program as a process of its own, which ends at the latest when this is disposed.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const string Prefix = "SYNDICATION_";
    private readonly Process _process = new();

    private RunningProgram(ProcessStartInfo start)
    {
        _process.StartInfo = start;
        _process.OutputDataReceived += (_, line) => Add(Output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(Errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
    }

    /// <summary>The program beside the tests, where the build put it.</summary>
    public static string File { get; } = Path.Join(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "syndication.exe" : "syndication");

    public Lines Output { get; } = new();

    public Lines Errors { get; } = new();

    public bool HasExited => _process.HasExited;

    /// <summary>Everything printed, for the message of a failing test.</summary>
    public string Console => $"console:\n{Output.Text}\n{Errors.Text}";

    public static RunningProgram Start(Launch launch)
    {
        List<string> command = [.. launch.Under, File, .. launch.Arguments];
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            WorkingDirectory = launch.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string own in start.Environment.Keys.Where(k => k.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(own);
        }

        foreach ((string name, string value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(start);
    }

    /// <summary>Waits until the program has left of itself, and until all that it printed is read.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Eventually.Deadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"the program is still there after {Eventually.Deadline.TotalSeconds} s; {Console}");
        }

        return _process.ExitCode;
    }

    /// <summary>Sends the program a signal: TERM as systemd does, INT as a terminal does, KILL as nobody should.</summary>
    public void Send(string signal) =>
        Assert.True(Machine.Succeeds("kill", "-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)), $"SIG{signal} could not be sent");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static void Add(Lines lines, string? line)
    {
        if (line is not null)
        {
            lines.Add(line);
        }
    }
}
