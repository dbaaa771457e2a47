using System.CommandLine;
using System.Globalization;

namespace Syndication.Cli;

/// <summary>The command `preview` and what it can be asked.</summary>
internal static class PreviewCommandLine
{
    /// <param name="on">Gives a command its action.</param>
    public static Command Build(Action<Command, Func<ParseResult, Invocation, CancellationToken, Task<int>>> on)
    {
        Argument<string?> post = new("POST") { Description = "A post's file, id or slug", Arity = ArgumentArity.ZeroOrOne };
        Option<int?> digest = new("--digest") { Description = "A digest of the newest posts instead", HelpName = "N" };
        Option<bool> html = new("--html") { Description = "Only the page in it" };
        Option<bool> text = new("--text") { Description = "Only the plain text in it" };
        Option<string?> to = new("--to") { Description = "A file that does not exist yet (default: standard output)", HelpName = "FILE" };
        Command preview = new("preview", "Show the mail of a post or a digest, as a reader would get it") { post, digest, html, text, to };
        digest.Validators.Add(result =>
        {
            if (int.TryParse((result.Tokens is [var first, ..] ? first.Value : null), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int posts) && posts < 1)
            {
                result.AddError("--digest takes a number of posts from 1 on.");
            }
        });
        preview.Validators.Add(result =>
        {
            bool hasPost = result.GetValue(post) is not null;
            if (hasPost == (result.GetResult(digest) is not null))
            {
                result.AddError("preview takes either a post or --digest N.");
            }

            if (result.GetResult(html) is not null && result.GetResult(text) is not null)
            {
                result.AddError("preview takes either --html or --text.");
            }
        });
        on(preview, (parsed, run, stop) => PreviewCommand.RunAsync(
            run,
            new PreviewRequest(
                parsed.GetValue(post),
                parsed.GetValue(digest),
                parsed.GetValue(html) ? PreviewForm.Html : parsed.GetValue(text) ? PreviewForm.Text : PreviewForm.Mail,
                parsed.GetValue(to)),
            stop));
        return preview;
    }
}
