using System.Diagnostics;

namespace Syndication.EndToEnd.Support;

/// <summary>What the tests need of the machine beside .NET. Where it is missing a test is skipped with the reason; with CI=true it fails.</summary>
internal static class Machine
{
    private static readonly string[] LayDown = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];

    /// <summary>The limit is one of a user namespace, so that it binds nobody else.</summary>
    private static readonly string[] LimitEvents =
        ["unshare", "--user", "--map-root-user", "sh", "-c", "echo 0 >/proc/sys/user/max_inotify_instances && exec \"$@\"", "sh"];

    private static readonly string[] Terminal =
        ["/usr/bin/python3", "-c", "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"];

    /// <summary>The beginning of a command line under which root, too, is bound by file permissions; empty when the user is not root.</summary>
    public static IReadOnlyList<string> WithoutPrivileges()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return [];
        }

        Require(Starts(LayDown), "file permissions do not bind root, and there is no setpriv that lays its privileges down");
        return LayDown;
    }

    /// <summary>The beginning of a command line under which the system has no more watchers of files to give.</summary>
    public static IReadOnlyList<string> WithoutFileEvents()
    {
        Require(Starts(LimitEvents), "there is no unshare that makes a user namespace with an inotify limit of its own");
        return LimitEvents;
    }

    /// <summary>The beginning of a command line that runs the rest on a terminal, whose output comes as the command's; it ends as that does.</summary>
    public static IReadOnlyList<string> OnATerminal()
    {
        Require(Starts(Terminal), "there is no Python that makes a terminal");
        return Terminal;
    }

    /// <summary>The PostgreSQL server for tests, as tests/run starts it.</summary>
    public static string Postgres()
    {
        const string Variable = "TEST_POSTGRES";
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

    private static bool Starts(string[] command) => Succeeds(command[0], [.. command.Skip(1), "true"]);

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
