using System.Runtime.ExceptionServices;
using Syndication.Ledger;
using Syndication.Subscribers;
using Syndication.Transports;

namespace Syndication.Deliveries;

/// <summary>A leased row, and whom it goes to as that was when it was leased.</summary>
/// <param name="Queue">Where the row is.</param>
/// <param name="Row">The row.</param>
/// <param name="Address">Empty = nobody any more.</param>
internal abstract record QueuedMail(IMailQueue Queue, LeasedRow Row, string Address)
{
    /// <summary>The edition that the mail is of; null for a notice, which goes before all others.</summary>
    public abstract long? EditionId { get; }

    /// <summary>The address's host, which <see cref="EmailAddress"/> keeps in lower case.</summary>
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];
}

/// <summary>An edition's row.</summary>
internal sealed record QueuedDelivery(IMailQueue Queue, ClaimedDelivery Delivery, Subscriber? Reader)
    : QueuedMail(Queue, Delivery.Row, Reader is { Status: SubscriberStatus.Active } ? Reader.Address : "")
{
    public override long? EditionId => Delivery.EditionId;
}

/// <summary>A notice's row.</summary>
internal sealed record QueuedNotice(IMailQueue Queue, ClaimedNotice Notice, Subscriber? Reader)
    : QueuedMail(Queue, Notice.Row, Reader?.Address ?? Notice.Notice.Address ?? "")
{
    public override long? EditionId => null;
}

/// <summary>A mail that is made, or why it is not.</summary>
internal sealed record DraftedMail(QueuedMail Queued, MailDraft Draft);

/// <summary>A mail that could not be made for a reason that is not its own.</summary>
internal sealed record UndraftedMail(QueuedMail Queued, ExceptionDispatchInfo Failure);

/// <summary>A mail that is to go out by a relay.</summary>
/// <param name="Queued">Its row.</param>
/// <param name="Draft">The mail.</param>
/// <param name="Relay">The relay, where it counts as under way.</param>
/// <param name="Epoch">See <see cref="Relay.Epoch"/>, when it was chosen.</param>
/// <param name="Turn">The run's turn in which it was.</param>
internal sealed record StartingMail(QueuedMail Queued, MailDraft Draft, Relay Relay, int Epoch, long Turn)
{
    public OutgoingMail Mail => Draft.Mail!;
}

/// <summary>A mail that was on the wire, and what came of it.</summary>
/// <param name="Started">What went out.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Took">How long the relay took.</param>
internal sealed record EndedMail(StartingMail Started, SendOutcome Outcome, TimeSpan Took)
{
    public QueuedMail Queued => Started.Queued;

    public Relay Relay => Started.Relay;

    public int Epoch => Started.Epoch;
}
