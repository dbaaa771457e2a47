using System.Diagnostics;

namespace Syndication.EndToEnd.Support;

/// <summary>What the tests need of the machine beside .NET. Where it is missing a test is skipped with the reason; with CI=true it fails.</summary>
internal static class Machine
{
    private static readonly Lazy<bool> Unprivileged = new(() => Succeeds("setpriv", "--bounding-set=-dac_override,-dac_read_search", "true"));

    /// <summary>The beginning of a command line under which root, too, is bound by file permissions; empty when the user is not root.</summary>
    public static IReadOnlyList<string> WithoutPrivileges()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return [];
        }

        Require(Unprivileged.Value, "file permissions do not bind root, and there is no setpriv that lays its privileges down");
        return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];
    }

    /// <summary>The PostgreSQL server for tests, as tests/run starts it.</summary>
    public static string Postgres()
    {
        const string Variable = "SYNDICATION_TEST_POSTGRES";
        string? server = Environment.GetEnvironmentVariable(Variable);
        Require(!string.IsNullOrEmpty(server), $"{Variable} names no PostgreSQL server; tests/run starts one");
        return server!;
    }

    public static void Require(bool isThere, string reason)
    {
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.SkipUnless(isThere, reason);
    }

    /// <summary>Whether a command is there and ends with 0.</summary>
    public static bool Succeeds(string command, params string[] arguments)
    {
        try
        {
            using Process process = new();
            process.StartInfo = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            process.Start();
            process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
