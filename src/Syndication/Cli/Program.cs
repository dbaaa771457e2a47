namespace Syndication.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args) => Task.FromResult(args.Length == 0 ? 0 : 2);
}
