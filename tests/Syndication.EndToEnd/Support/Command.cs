namespace Syndication.EndToEnd.Support;

/// <summary>A call of the program that came to its end.</summary>
internal sealed record Command(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    /// <summary>Everything printed, for the message of a failing test.</summary>
    public string Console => $"exit code {ExitCode}\n{Output}\n{string.Join('\n', Errors)}";

    /// <summary>Calls the program in the workspace and waits for its end.</summary>
    public static Task<Command> RunAsync(Workspace work, params string[] arguments) =>
        RunAsync(new Launch { Folder = work.Folder, Arguments = arguments });

    public static async Task<Command> RunAsync(Launch launch)
    {
        await using RunningProgram program = RunningProgram.Start(launch);
        int code = await program.ExitAsync();
        return new Command(code, program.Output.Text, program.Errors.All);
    }

    /// <summary>It succeeded and had nothing to complain about.</summary>
    public Command Succeeds()
    {
        Assert.True(ExitCode == 0 && Errors.Count == 0, Console);
        return this;
    }

    /// <summary>It ended with this code and these errors, one line for each, in any order; no line is part of a stack trace.</summary>
    /// <param name="exitCode">The code.</param>
    /// <param name="errors">For each line what it has to hold.</param>
    public void Fails(int exitCode, params string[][] errors)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}; {Console}");
        Assert.True(Errors.Count == errors.Length && Errors.All(e => e.StartsWith("error: ", StringComparison.Ordinal)),
            $"expected {errors.Length} lines of errors; {Console}");
        foreach (string[] parts in errors)
        {
            Assert.True(Errors.Any(line => parts.All(part => line.Contains(part, StringComparison.Ordinal))),
                $"expected a line with {string.Join(", ", parts)}; {Console}");
        }

        Assert.DoesNotContain("   at ", Output, StringComparison.Ordinal);
    }
}
