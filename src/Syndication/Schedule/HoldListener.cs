using Quartz;
using Syndication.Storage;

namespace Syndication.Schedule;

/// <summary>No job of mail begins while sending is held.</summary>
internal sealed class HoldListener(InstanceWatch instance) : ITriggerListener
{
    public ValueTask<bool> VetoJobExecution(ITrigger trigger, IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(instance.HeldBecause is not null);
}
