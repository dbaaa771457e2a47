using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Syndication.Benchmarks;

/// <summary>Memory of a process in megabytes, as Linux counts it.</summary>
/// <param name="Resident">Now (VmRSS).</param>
/// <param name="Peak">The most so far (VmHWM).</param>
internal sealed record Memory(double Resident, double Peak);

/// <summary>A program that is measured from outside; it ends when this is disposed of.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int LinesKept = 20;

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private RunningProgram(Process process, long started) => (_process, Started) = (process, started);

    /// <summary>When it was started, by <see cref="Stopwatch"/>.</summary>
    public long Started { get; }

    public static RunningProgram Start(string file, string folder, params IEnumerable<string> arguments)
    {
        ProcessStartInfo info = new(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        long started = Stopwatch.GetTimestamp();
        RunningProgram program = new(Process.Start(info)!, started);
        program._process.OutputDataReceived += program.Keep;
        program._process.ErrorDataReceived += program.Keep;
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Runs it to its end: seconds taken, and its greatest memory (looked at every few milliseconds) in megabytes.</summary>
    public static async Task<(double Seconds, double PeakMb, string Output)> RunAsync(string file, string folder, IEnumerable<string> arguments, CancellationToken stop)
    {
        await using RunningProgram program = Start(file, folder, arguments);
        (double seconds, _, double peak) = await program.WatchAsync(Sampling, stop);
        return (seconds, peak, program.Output);
    }

    /// <summary>Waits for its end: seconds taken, processor time of these, and its greatest memory in megabytes, looked at every so often.</summary>
    public async Task<(double Seconds, double CpuSeconds, double PeakMb)> WatchAsync(TimeSpan sampling, CancellationToken stop)
    {
        Task end = _process.WaitForExitAsync(stop);
        double peak = 0;
        double cpu = 0;
        while (!end.IsCompleted)
        {
            peak = Math.Max(peak, MemoryOrNull()?.Peak ?? 0);
            cpu = Math.Max(cpu, ProcessorTimeOrNull()?.TotalSeconds ?? 0);
            await Task.WhenAny(end, Task.Delay(sampling, TimeProvider.System, stop));
        }

        double seconds = Stopwatch.GetElapsedTime(Started).TotalSeconds;
        await end;
        return _process.ExitCode == 0 ? (seconds, cpu, peak) : throw Failed($"ended with exit code {_process.ExitCode}");
    }

    /// <summary>The absolute path of a program on PATH, or null.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>A loopback port on which nobody listens now.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>The last lines it wrote.</summary>
    public string Output => string.Join('\n', _lines);

    public Memory Memory => MemoryOrNull() ?? throw Failed("has no memory");

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Share of one core used over a time of doing nothing, in percent.</summary>
    public async Task<double> IdlePercentAsync(TimeSpan span, CancellationToken stop)
    {
        long from = Stopwatch.GetTimestamp();
        TimeSpan before = ProcessorTime;
        await Task.Delay(span, TimeProvider.System, stop);
        return 100 * (ProcessorTime - before) / Stopwatch.GetElapsedTime(from);
    }

    public BenchmarkException Failed(string what) => new($"{_process.StartInfo.FileName} {what}:\n{Output}");

    /// <summary>Asks it to end, as a system's service manager does, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken stop)
    {
        _ = Kill(_process.Id, SigTerm);
        await _process.WaitForExitAsync(stop).WaitAsync(TimeToStop, TimeProvider.System, stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private TimeSpan? ProcessorTimeOrNull()
    {
        try
        {
            return ProcessorTime;
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return null;
        }
    }

    private Memory? MemoryOrNull()
    {
        try
        {
            string[] status = File.ReadAllLines($"/proc/{_process.Id}/status");
            return Megabytes(status, "VmRSS:") is double resident && Megabytes(status, "VmHWM:") is double peak ? new Memory(resident, peak) : null;
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }

    private static double? Megabytes(string[] status, string key) =>
        status.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, string kilobytes, ..]
            ? long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024.0
            : null;

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is not null)
        {
            _lines.Enqueue(e.Data);
            if (_lines.Count > LinesKept)
            {
                _lines.TryDequeue(out _);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);
}
