using System.Globalization;
using Syndication.EndToEnd.Support;

namespace Syndication.EndToEnd.SetClock;

/// <summary>The clock of one program, that can be set while it runs; set-clock.c does it.</summary>
internal sealed class ProgramClock(Workspace work)
{
    private const string File = "clock";

    private readonly IReadOnlyDictionary<string, string> _preloaded = Preloaded.Compile(work, "SetClock/set-clock.c");

    /// <summary>How far it is wrong.</summary>
    public TimeSpan WrongBy { get; private set; }

    /// <summary>What the program takes for the time.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + WrongBy;

    /// <summary>How a program is started with this clock.</summary>
    public Launch Launch(params IReadOnlyList<string> arguments) => new()
    {
        Folder = work.Folder,
        Arguments = arguments,
        Environment = new Dictionary<string, string>(_preloaded) { ["SET_CLOCK"] = work.In(File) },
    };

    public void Set(TimeSpan wrongBy)
    {
        work.Write(File + ".new", ((long)wrongBy.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        System.IO.File.Move(work.In(File + ".new"), work.In(File), overwrite: true);
        WrongBy = wrongBy;
    }
}
