using System.Diagnostics;

namespace Syndication.EndToEnd.Support;

/// <summary>A library in C that stands between a program and its system.</summary>
internal static class Preloaded
{
    /// <summary>Compiles it into the workspace.</summary>
    /// <param name="work">Where the test is.</param>
    /// <param name="source">Its file, below the tests' folder; the library has the same name.</param>
    /// <returns>The variables of a program that it is loaded into.</returns>
    public static IReadOnlyDictionary<string, string> Compile(Workspace work, string source)
    {
        Machine.Require(Machine.Succeeds("gcc", "--version"), "there is no gcc (apt-get install gcc libc6-dev)");
        string library = Path.ChangeExtension(Path.GetFileName(source), ".so");
        using Process gcc = Process.Start(new ProcessStartInfo(
            "gcc", ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", work.In(library), Path.Join(AppContext.BaseDirectory, source), "-ldl"])
        {
            RedirectStandardError = true,
        })!;
        string errors = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        Machine.Require(gcc.ExitCode == 0, $"gcc does not make {library}: {errors}");

        // A name, since the paths there must not have spaces.
        return new Dictionary<string, string> { ["LD_PRELOAD"] = library, ["LD_LIBRARY_PATH"] = work.Folder };
    }
}
