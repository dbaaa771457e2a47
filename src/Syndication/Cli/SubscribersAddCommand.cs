using System.Collections.Immutable;
using Syndication.Site;
using Syndication.Storage;
using Syndication.Subscribers;

namespace Syndication.Cli;

/// <summary>What `subscribers add` was asked.</summary>
/// <param name="Addresses">As typed.</param>
/// <param name="Name">As typed, or null.</param>
/// <param name="Cadence">How often they are mailed.</param>
/// <param name="Topics">As typed, with commas; empty = every topic.</param>
/// <param name="TimeZone">As typed, or null.</param>
/// <param name="Again">Also who left, failed or was erased.</param>
internal sealed record SubscribersAddRequest(
    ImmutableArray<string> Addresses, string? Name, Cadence Cadence, string Topics, string? TimeZone, bool Again);

/// <summary>Adds readers on the operator's word, and creates the database where there is none.</summary>
internal static class SubscribersAddCommand
{
    public static async Task<int> RunAsync(Invocation run, SubscribersAddRequest request, CancellationToken stop)
    {
        Terminal terminal = run.Terminal;
        string? zone = request.TimeZone is null ? null : ZoneName.Of(request.TimeZone);
        if (request.TimeZone is not null && zone is null)
        {
            terminal.Print([Problem.Error("--time-zone", null, $"is '{request.TimeZone}'", TimeZones.Expected(request.TimeZone))]);
            return ExitCodes.WrongSetting;
        }

        (string Text, EmailAddress? Address, string? Wrong)[] read =
            [.. request.Addresses.Select(EmailAddress.Read).Zip(request.Addresses, (r, text) => (text, r.Address, r.Wrong))];
        if (read.Any(r => r.Address is null))
        {
            terminal.Print(read.Where(r => r.Address is null).Select(r => Problem.Error("ADDRESS", null, $"'{r.Text}' is no mail address: {r.Wrong}")));
            terminal.PrintHint("Nobody was added.");
            return ExitCodes.WrongSetting;
        }

        await using Database database = await run.OpenDatabaseAsync(DatabaseUse.Serve, stop);
        bool allAdded = true;
        foreach (EmailAddress address in read.Select(r => r.Address!))
        {
            NewSubscriber added = new()
            {
                Address = address,
                Name = PlainLine.OfName(request.Name),
                TimeZone = zone,
                Cadence = request.Cadence,
                Topics = SubscriptionChanges.ReadTopics(request.Topics),
            };
            AddOutcome outcome = await AddAsync(database, added, request.Again, terminal.Time.GetUtcNow(), stop);
            allAdded &= outcome is AddOutcome.Added or AddOutcome.AlreadyThere;
            Tell(terminal, added, outcome);
        }

        terminal.PrintLine($"Kept in {database.Name}");
        return allAdded ? ExitCodes.Done : ExitCodes.WrongSetting;
    }

    private static async Task<AddOutcome> AddAsync(Database database, NewSubscriber added, bool again, DateTimeOffset now, CancellationToken stop)
    {
        EnrolmentStore enrolment = new(database);
        AddOutcome outcome = await enrolment.AddAsync(added, now, stop);
        if (!again || outcome is AddOutcome.Added or AddOutcome.AlreadyThere)
        {
            return outcome;
        }

        if (outcome == AddOutcome.Erased)
        {
            await enrolment.ForgetErasureAsync(added.Address, now, stop);
            return await enrolment.AddAsync(added, now, stop);
        }

        SubscriberStore subscribers = new(database);
        if (await subscribers.FindAsync(added.Address, stop) is Subscriber left)
        {
            await subscribers.ChangeStatusAsync(left.Id, SubscriberStatus.Active, now, stop);
            SubscriptionStore subscriptions = new(database);
            foreach (Subscription had in (await subscriptions.FindAsync(left.Id, stop)).Where(s => s.Newsletter == added.Newsletter))
            {
                await subscriptions.ChangeAsync(had.Id, s => s.WithTopics(added.Topics, now) with { Cadence = added.Cadence }, stop);
            }
        }

        return AddOutcome.Added;
    }

    private static void Tell(Terminal terminal, NewSubscriber added, AddOutcome outcome)
    {
        const string Again = "; if they asked to come back, say so with --again";
        string topics = added.Topics.IsEmpty ? "" : $" about {string.Join(", ", added.Topics)}";
        string what = added.Cadence == Cadence.EachPost ? $"each new post{topics}" : $"a {CadenceText.Of(added.Cadence)} digest{topics}";
        switch (outcome)
        {
            case AddOutcome.Added:
                terminal.PrintLine(OneLine.Of($"{added.Address} is active and gets {what} from now on, without being asked to confirm: you vouch that they want it."));
                break;
            case AddOutcome.AlreadyThere:
                terminal.PrintLine(OneLine.Of($"{added.Address} is there already; nothing was changed."));
                break;
            case AddOutcome.Left:
                terminal.PrintError($"{added.Address} has left and was not added{Again}");
                break;
            case AddOutcome.Suppressed:
                terminal.PrintError($"{added.Address} was not added: mail to it failed for good, or was complained about{Again}");
                break;
            case AddOutcome.Erased:
                terminal.PrintError($"{added.Address} was not added: it was erased at the reader's wish{Again}");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null);
        }
    }
}
