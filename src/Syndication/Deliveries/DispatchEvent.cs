namespace Syndication.Deliveries;

/// <summary>Something to be told while mail goes out.</summary>
internal abstract record DispatchEvent;

/// <summary>Rows were leased to be sent.</summary>
internal sealed record MailsTaken(int Count) : DispatchEvent;

/// <summary>Mails wait for a reason that may pass.</summary>
internal sealed record MailWaits(string Reason) : DispatchEvent;

/// <summary>A pause that began, changed its kind or ended.</summary>
/// <param name="Pause">The pause as it is, or was.</param>
/// <param name="IsOver">Whether it ended.</param>
internal sealed record PauseChange(SendingPause Pause, bool IsOver) : DispatchEvent;
