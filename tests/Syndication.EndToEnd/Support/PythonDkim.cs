using System.Diagnostics;

namespace Syndication.EndToEnd.Support;

/// <summary>python3-dkim (Debian), which verifies signatures that we did not verify ourselves.</summary>
internal static class PythonDkim
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> IsThere = new(() => Machine.Succeeds(Python, "-c", "import dkim"));

    /// <summary>What it says of each signature: "True True", say.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="records">TXT records by name, without quotation marks.</param>
    public static async Task<string> VerifyAsync(byte[] message, params (string Name, string Record)[] records)
    {
        Machine.Require(IsThere.Value, "there is no python3-dkim; tests/run installs it");
        string script = Path.Join(AppContext.BaseDirectory, "Support", "dkim-verify.py");
        using Process process = new();
        process.StartInfo = new ProcessStartInfo(Python, [script, .. records.Select(r => $"{r.Name}={r.Record}")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.Start();
        await process.StandardInput.BaseStream.WriteAsync(message, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return process.WaitForExit(Eventually.Deadline) && process.ExitCode == 0 ? said.Trim() : await errors;
    }
}
