using Syndication.Storage;

namespace Syndication.Cli;

/// <summary>What the process says to its caller.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A setting, folder or zone is wrong, wherever it was given; or a post is, where that was asked.</summary>
    public const int WrongSetting = 1;

    public const int WrongCommandLine = 2;

    /// <summary>Network, database, disk or port failed.</summary>
    public const int OutsideFailed = 3;

    public static int Of(StorageException failure) => failure.Error == StorageError.Refused ? WrongSetting : OutsideFailed;
}
