using OrleansIdentity.OktaSimulator.Scenarios;
using Spectre.Console;

namespace OrleansIdentity.OktaSimulator.Reporting;

/// <summary>Shows how far a run is: a bar for each app on a terminal, otherwise one line for each phase.</summary>
internal static class ProgressView
{
    /// <summary>Shows the progress of some work while it is done.</summary>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IProgress<ProvisionProgress>, Task<T>> work)
    {
        var bars = console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn());
        return console.Profile.Out.IsTerminal ? bars.StartAsync(context => work(new Bars(context))) : work(new Lines(console));
    }

    private sealed class Bars(ProgressContext context) : IProgress<ProvisionProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(ProvisionProgress value)
        {
            lock (_tasks)
            {
                if (!_tasks.TryGetValue(value.App, out var task))
                {
                    _tasks[value.App] = task = context.AddTask(value.App, maxValue: 1);
                }

                // Steps end in any order; a bar does not go back.
                task.Value = Math.Max(task.Value, value.Share);
                task.Description = $"{value.App}: {value.Phase}";
            }
        }
    }

    private sealed class Lines(IAnsiConsole console) : IProgress<ProvisionProgress>
    {
        private readonly Lock _lock = new();
        private (string App, string Phase) _last;

        public void Report(ProvisionProgress value)
        {
            lock (_lock)
            {
                if (_last != (value.App, value.Phase))
                {
                    _last = (value.App, value.Phase);
                    console.WriteLine($"{value.App}: {value.Phase}");
                }
            }
        }
    }
}
