using System.Security.Cryptography;
using System.Text;
using Syndication.Posts;
using Syndication.Site;

namespace Syndication.Editions;

/// <summary>What an author has to say to those who got a post before it was corrected.</summary>
/// <param name="Note">The hash of the text: another text is another correction, the same one is never sent twice.</param>
/// <param name="Text">Plain text on one line.</param>
/// <param name="ByMail">Readers of each post get it as a mail of its own; without it they get none.</param>
internal sealed record Correction(string Note, string Text, bool ByMail)
{
    private const int NoteBytes = 16;
    private const int LongestText = 2000;

    /// <summary>The post's front matter `correction`, or null. White space makes no other text.</summary>
    public static Correction? Of(Post post)
    {
        string text = post.FrontMatter.Get("correction") is string said ? PlainLine.Of(said, LongestText) : "";
        return text.Length == 0 ? null : new Correction(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, NoteBytes)), text, post.FrontMatter.Get("correction_mail") is true);
    }
}
