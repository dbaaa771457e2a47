using System.Runtime.Versioning;
using Xunit.Sdk;
using Xunit.v3;

// The tests mostly wait for other processes, so more of them run at a time than there are processors.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 6)]

// Signals, permissions, pipes and links are those of Unix.
[assembly: SupportedOSPlatform("linux")]
[assembly: SupportedOSPlatform("macos")]
