using System.Data;
using Microsoft.Data.Sqlite;

namespace Syndication.Storage;

/// <summary>
/// A connection that is not closed but given back when it is disposed of, and that keeps its statements prepared: reading a statement
/// costs SQLite more than to run it for a few rows. One caller at a time.
/// </summary>
/// <param name="address">The connection string; the driver is not to keep connections itself.</param>
/// <param name="giveBack">Takes it when a caller is done with it; false = it is not wanted any more.</param>
internal sealed class SqliteSession(string address, Func<SqliteSession, bool> giveBack) : SqliteConnection(address)
{
    /// <summary>More than the program has statements that come again and again.</summary>
    private const int MostKept = 200;

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>Whether it is given back. Not before it is set up, and no more once something failed, which may leave a lock behind.</summary>
    public bool IsOfUse { get; set; }

    /// <inheritdoc/>
    public override SqliteCommand CreateCommand() => new Command(this) { Transaction = Transaction };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && IsOfUse && State == ConnectionState.Open && Transaction is null && giveBack(this))
        {
            return;
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Take(string statement)
    {
        if (_prepared.Remove(statement, out SqliteCommand? kept))
        {
            return kept;
        }

        return new SqliteCommand(statement, this);
    }

    private void Keep(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (_prepared.Count >= MostKept || !_prepared.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>A command as callers know it, which is run by one that was prepared before.</summary>
    private sealed class Command : SqliteCommand
    {
        private readonly SqliteSession _session;
        private SqliteCommand? _prepared;

        public Command(SqliteSession session)
        {
            _session = session;
            Connection = session;
        }

        public override int ExecuteNonQuery() => Run(command => command.ExecuteNonQuery());

        public override object? ExecuteScalar() => Run(command => command.ExecuteScalar());

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => Run(command => command.ExecuteReader(behavior));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                GiveBack();
            }

            base.Dispose(disposing);
        }

        private T Run<T>(Func<SqliteCommand, T> run)
        {
            GiveBack();
            SqliteCommand prepared = _session.Take(CommandText);
            prepared.Transaction = Transaction;
            prepared.CommandTimeout = CommandTimeout;
            foreach (SqliteParameter parameter in Parameters)
            {
                prepared.Parameters.Add(parameter);
            }

            try
            {
                T result = run(prepared);
                _prepared = prepared;
                return result;
            }
            catch
            {
                _session.IsOfUse = false;
                prepared.Dispose();
                throw;
            }
        }

        private void GiveBack()
        {
            if (_prepared is SqliteCommand prepared)
            {
                _prepared = null;
                _session.Keep(prepared);
            }
        }
    }
}
