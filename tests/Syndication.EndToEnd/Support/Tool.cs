using System.Diagnostics;

namespace Syndication.EndToEnd.Support;

/// <summary>A program of the system's that was called and came to its end.</summary>
internal sealed record Tool(int ExitCode, string Output, string Errors)
{
    public static async Task<Tool> RunAsync(IReadOnlyList<string> command)
    {
        using Process process = new();
        process.StartInfo = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        process.Start();
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Tool(process.ExitCode, output.Trim(), (await errors).Trim());
    }
}
