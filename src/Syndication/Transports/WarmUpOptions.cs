using Syndication.Site;

namespace Syndication.Transports;

/// <summary>How the mail of a day grows from the day of the first, since mailbox providers distrust a sender who begins with much.</summary>
internal sealed class WarmUpOptions : IValidatedOptions
{
    private const int LongestPlan = 365;
    private const double SlowestGrowth = 1;
    private const double FastestGrowth = 10;

    /// <summary>Mails on the first day; null = there is no plan.</summary>
    public int? FirstDay { get; set; }

    /// <summary>How many times as many each day as the day before.</summary>
    public double Growth { get; set; } = 1.5;

    /// <summary>The number of the plan's last day; from the next on it limits nothing.</summary>
    public int Until { get; set; } = 30;

    public IEnumerable<InvalidOption> Invalid()
    {
        if (FirstDay < 1)
        {
            yield return new InvalidOption(nameof(FirstDay), "1 or more, or nothing for no plan");
        }

        if (Growth is not (>= SlowestGrowth and <= FastestGrowth))
        {
            yield return new InvalidOption(nameof(Growth), $"{SlowestGrowth} to {FastestGrowth}");
        }

        if (Until is < 1 or > LongestPlan)
        {
            yield return new InvalidOption(nameof(Until), $"1 to {LongestPlan}");
        }
    }
}
