using System.CommandLine;
using Syndication.Site;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>The command `subscribers` with what it can be asked to do.</summary>
internal static class SubscribersCommandLine
{
    /// <param name="on">Gives a command its action.</param>
    public static Command Build(Action<Command, Func<ParseResult, Invocation, CancellationToken, Task<int>>> on)
    {
        Argument<string[]> addresses = new("ADDRESS") { Description = "Mail addresses", Arity = ArgumentArity.OneOrMore };
        Option<string?> name = new("--name") { Description = "The reader's name", HelpName = "NAME" };
        Option<string> cadence = new("--cadence") { Description = "How often they are mailed", DefaultValueFactory = _ => CadenceText.Of(Cadence.EachPost) };
        Choice.Restrict(cadence, CadenceText.Names);
        Option<string> topics = new("--topics") { Description = "Only posts with one of these tags or categories", HelpName = "A,B", DefaultValueFactory = _ => "" };
        Option<string?> zone = new("--time-zone") { Description = "The reader's time zone (default: the site's)", HelpName = "ZONE" };
        Option<bool> again = new("--again") { Description = "They asked to come back: also an address that left, failed or was erased" };
        Command add = new("add", "Add readers. They are mailed from now on: you vouch that they asked for it") { addresses, name, cadence, topics, zone, again };
        on(add, (parsed, run, stop) => SubscribersAddCommand.RunAsync(
            run,
            new SubscribersAddRequest(
                [.. parsed.GetValue(addresses)!], parsed.GetValue(name), CadenceText.Read(parsed.GetValue(cadence)!)!.Value, parsed.GetValue(topics)!,
                parsed.GetValue(zone), parsed.GetValue(again)),
            stop));

        Command list = new("list", "Show all readers");
        on(list, (_, run, stop) => SubscribersListCommand.RunAsync(run, stop));

        Argument<string> source = new("FILE") { Description = "A CSV file whose first line names its columns: address, name, cadence, topics, time_zone, status" };
        Command import = new("import", "Add the readers of a list. Who left, failed or was erased is not brought back") { source };
        on(import, (parsed, run, stop) => SubscribersImportCommand.RunAsync(run, parsed.GetValue(source)!, stop));

        Argument<string?> target = new("FILE") { Description = "Where to write (default: standard output)", Arity = ArgumentArity.ZeroOrOne };
        Command export = new("export", "Write all readers as CSV, as import reads it") { target };
        on(export, (parsed, run, stop) => SubscribersExportCommand.RunAsync(run, parsed.GetValue(target), stop));

        Argument<string> left = new("ADDRESS") { Description = "A mail address" };
        Command remove = new("remove", "Mail a reader no more. The address is kept, so that no import brings it back") { left };
        on(remove, (parsed, run, stop) => SubscribersRemoveCommand.RunAsync(run, parsed.GetValue(left)!, stop));

        Argument<string> forgotten = new("ADDRESS") { Description = "A mail address" };
        Command erase = new("erase", "Forget a reader for good. Only a keyed hash is kept, so that no import brings them back") { forgotten };
        on(erase, (parsed, run, stop) => SubscribersEraseCommand.RunAsync(run, parsed.GetValue(forgotten)!, stop));

        return new Command("subscribers", "The readers of the newsletter") { add, list, import, export, remove, erase };
    }
}
