namespace Syndication.EndToEnd.Support;

/// <summary>opendkim-testmsg (Debian: opendkim-tools), which mail servers verify signatures with.</summary>
internal static class OpenDkim
{
    private static readonly string[] Apart = ["unshare", "--user", "--map-root-user", "--net", "--mount"];

    private static readonly Lazy<bool> IsThere = new(() => File.Exists("/usr/sbin/opendkim-testmsg"));

    private static readonly Lazy<bool> IsApart = new(() => Machine.Succeeds(Apart[0], [.. Apart.Skip(1), "true"]));

    /// <summary>What it says: "accepted", or why not.</summary>
    /// <param name="file">The message.</param>
    /// <param name="records">TXT records by name, without quotation marks.</param>
    public static async Task<string> VerifyAsync(string file, params (string Name, string Record)[] records)
    {
        Machine.Require(IsThere.Value, "there is no opendkim-testmsg (apt-get install opendkim-tools)");
        Machine.Require(IsApart.Value, "there is no unshare that makes a network of its own, in which opendkim-testmsg asks our name server");
        string script = Path.Join(AppContext.BaseDirectory, "Support", "opendkim-testmsg.py");
        Tool tool = await Tool.RunAsync([.. Apart, "/usr/bin/python3", script, file, .. records.Select(r => $"{r.Name}={r.Record}")]);
        return $"{tool.Output}{tool.Errors}";
    }
}
