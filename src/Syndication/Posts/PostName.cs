namespace Syndication.Posts;

/// <summary>A file's name taken apart: 2020-01-31-first-post.md is a date, a rest and an extension. Pure.</summary>
/// <param name="Date">The date that the name begins with, as written; null without one.</param>
/// <param name="Rest">The name without date and extension.</param>
/// <param name="Extension">With its dot, as written.</param>
internal sealed record PostName(string? Date, string Rest, string Extension)
{
    /// <summary>Null for a name without extension: in Jekyll such a file is no post.</summary>
    public static PostName? Read(string name)
    {
        int dot = name.LastIndexOf('.');
        if (dot < 0 || dot == name.Length - 1)
        {
            return null;
        }

        string stem = name[..dot];
        int date = DateLength(stem);
        return date > 0
            ? new PostName(stem[..date], stem[(date + 1)..], name[dot..])
            : new PostName(null, stem, name[dot..]);
    }

    /// <summary>The length of the date at the beginning (2 to 4 digits, 1 or 2, 1 or 2), when a hyphen follows it; else 0.</summary>
    public static int DateLength(string name)
    {
        int at = 0;
        foreach ((int least, int most) in (ReadOnlySpan<(int, int)>)[(2, 4), (1, 2), (1, 2)])
        {
            int digits = 0;
            while (at < name.Length && digits < most && char.IsAsciiDigit(name[at]))
            {
                digits++;
                at++;
            }

            if (digits < least || at == name.Length || name[at] != '-')
            {
                return 0;
            }

            at++;
        }

        return at - 1;
    }
}
