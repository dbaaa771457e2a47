using Syndication.Content;
using Syndication.Posts;

namespace Syndication.Cli;

/// <summary>Shows what becomes of one post's body.</summary>
internal static class RenderCommand
{
    public static async Task<int> RunAsync(Invocation run, string file, CancellationToken stop)
    {
        Terminal terminal = run.Terminal;
        string absolute = Path.GetFullPath(file, terminal.CurrentFolder);
        if (!File.Exists(absolute))
        {
            terminal.PrintError($"there is no file '{file}'");
            return ExitCodes.WrongSetting;
        }

        if (run.ReadSite(containing: absolute) is not PostLibrary library)
        {
            return ExitCodes.WrongSetting;
        }

        DateTimeOffset now = terminal.Time.GetUtcNow();
        PostCatalog catalog = library.ReadAll([], now).Build(now);
        byte[] bytes = await File.ReadAllBytesAsync(absolute, stop);
        PostReading reading = library.Reader.Read(library.PathOf(absolute), bytes, File.GetLastWriteTimeUtc(absolute));
        terminal.Print(reading.Problems);
        if (reading.Post is not Post post)
        {
            if (reading.Problems.IsEmpty)
            {
                terminal.PrintError($"'{file}' is no post");
            }

            return ExitCodes.WrongSetting;
        }

        RenderedPost rendered = new PostRenderer().Render(post, catalog);
        terminal.Print(rendered.Problems);
        terminal.PrintText(rendered.Html);
        return ExitCodes.Done;
    }
}
