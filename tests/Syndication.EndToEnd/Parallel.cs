// The tests mostly wait for other processes, so more of them run at a time than there are processors.
[assembly: Parallelization(MaxThreads = 6)]
