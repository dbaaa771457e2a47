using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Syndication.Storage;

/// <summary>The one place that knows what a driver's error means.</summary>
internal static class StorageFailures
{
    /// <summary>
    /// The failure for a person, beginning with where it happened, or null for an error that is the program's own and must not be
    /// hidden.
    /// </summary>
    public static StorageException? Translate(Exception error, string where)
    {
        (StorageError Error, string What)? meaning = error switch
        {
            SqliteException e => OfSqlite(e.SqliteErrorCode, e.SqliteExtendedErrorCode),
            PostgresException e => OfPostgres(e.SqlState, e.MessageText),
            NpgsqlException or SocketException or TimeoutException => (StorageError.Unreachable, $"cannot be reached: {Innermost(error)}"),
            DbException => null,
            UnauthorizedAccessException => (StorageError.NotWritable, "access is denied"),
            DirectoryNotFoundException => (StorageError.NotWritable, "the folder does not exist"),
            IOException e when (e.HResult & 0xFFFF) == NoSpaceLeft => (StorageError.DiskFull, "the disk is full"),
            IOException e => (StorageError.NotWritable, e.Message),
            _ => null,
        };
        return meaning is (StorageError kind, string what) ? new StorageException(kind, $"{where}: {what}", error) : null;
    }

    /// <summary>ENOSPC of Linux and macOS.</summary>
    private const int NoSpaceLeft = 28;

    /// <summary>Result codes: https://sqlite.org/rescode.html.</summary>
    private static (StorageError Error, string What)? OfSqlite(int code, int extended) => code switch
    {
        3 or 8 or 23 => (StorageError.NotWritable, "cannot be written: access is denied or the disk is read-only"),
        5 or 6 => (StorageError.Busy, "another process is writing it for too long; try again"),
        10 => (StorageError.Unreachable, $"the disk reports an error (SQLite {extended})"),
        11 => (StorageError.Broken, "the database is damaged; put back a backup"),
        13 => (StorageError.DiskFull, "the disk is full"),
        14 => (StorageError.NotWritable, "cannot be opened: access is denied, or its folder is not writable"),
        26 => (StorageError.Broken, "is not an SQLite database"),
        _ => null,
    };

    /// <summary>Error codes: https://www.postgresql.org/docs/current/errcodes-appendix.html.</summary>
    private static (StorageError Error, string What)? OfPostgres(string state, string text) => state switch
    {
        "3D000" => (StorageError.Missing, $"{text}; create it with createdb"),
        "25006" or "42501" => (StorageError.NotWritable, text),
        "53100" => (StorageError.DiskFull, text),
        "40001" or "40P01" or "55P03" => (StorageError.Busy, text),
        "53300" or "57014" or "57P01" or "57P02" or "57P03" => (StorageError.Unreachable, text),
        "XX001" or "XX002" => (StorageError.Broken, text),
        _ when state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) =>
            (StorageError.Unreachable, text),
        _ => null,
    };

    private static string Innermost(Exception error)
    {
        while (error.InnerException is Exception inner)
        {
            error = inner;
        }

        return error.Message;
    }
}
