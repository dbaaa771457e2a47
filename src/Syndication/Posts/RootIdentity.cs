namespace Syndication.Posts;

/// <summary>
/// Which folder stands at a path: differs when another folder, a link or a mounted file system took its place. On file systems
/// without a birth time it also differs after changes in the folder, which costs a scan and nothing else.
/// </summary>
internal readonly record struct RootIdentity(string FinalPath, DateTime Born)
{
    /// <summary>The folder's identity, or null when there is none to be read.</summary>
    public static RootIdentity? Of(string folder)
    {
        try
        {
            DirectoryInfo named = new(folder);
            if (!named.Exists)
            {
                return null;
            }

            FileSystemInfo final = named.ResolveLinkTarget(returnFinalTarget: true) ?? named;
            return new RootIdentity(final.FullName, final.CreationTimeUtc);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
