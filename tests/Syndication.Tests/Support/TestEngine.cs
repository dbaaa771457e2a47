namespace Syndication.Tests.Support;

/// <summary>The engines on which every store is tested.</summary>
public enum TestEngine
{
    Sqlite,
    Postgres,
}
