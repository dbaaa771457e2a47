namespace Syndication.Storage;

/// <summary>Whether a database is the one that mailed from here last.</summary>
internal enum InstanceVerdict
{
    Same,

    /// <summary>The file is ahead: a backup was put back.</summary>
    Behind,

    /// <summary>The file belongs to another database, or to one that was since adopted.</summary>
    Another,

    /// <summary>It mailed, and not from here: a copy on another machine or in another folder, or a move.</summary>
    Elsewhere,
}

/// <summary>Judges a database by the file beside it. Pure.</summary>
internal static class InstanceRule
{
    /// <param name="file">What the file says; null when there is none that can be read.</param>
    /// <param name="row">What the database says.</param>
    /// <param name="here">Where it is now.</param>
    public static InstanceVerdict Judge(InstanceRecord? file, InstanceRow row, InstancePlace here)
    {
        if (file is null)
        {
            return row.Turn > 0 ? InstanceVerdict.Elsewhere : InstanceVerdict.Same;
        }

        if (file.Id != row.Id)
        {
            // Neither has mailed anything: somebody began anew.
            return file.Turn == 0 && row.Turn == 0 ? InstanceVerdict.Same : InstanceVerdict.Another;
        }

        return !file.Place.IsSameAs(here) ? InstanceVerdict.Elsewhere
            : file.Turn > row.Turn ? InstanceVerdict.Behind
            : InstanceVerdict.Same;
    }

    /// <summary>Why sending is held, for a person; null when it is not.</summary>
    /// <param name="verdict">The judgement.</param>
    /// <param name="file">What the file says; null when there is none that can be read.</param>
    /// <param name="database">The database's name.</param>
    /// <param name="path">The file.</param>
    public static string? Reason(InstanceVerdict verdict, InstanceRecord? file, string database, string path) => verdict switch
    {
        InstanceVerdict.Behind => $"{database} is older than what was mailed from here ({path}): a backup was put back",
        InstanceVerdict.Another => $"{database} is not the database that mailed from here last ({path}): a copy or an older backup was put in its place",
        InstanceVerdict.Elsewhere when file is null => $"{database} has mailed before, but not from here (there is no {path}): it is a copy, or was moved",
        InstanceVerdict.Elsewhere => $"{database} mailed from {file!.Place.Folder}{(file.Place.Folder == Path.GetDirectoryName(path) ? " on another machine" : "")}: it is a copy, or was moved",
        _ => null,
    };
}
