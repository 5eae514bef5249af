namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>Lets many callers share one read that begins after all of them have asked: what it gives is at least as new as each call.</summary>
/// <param name="read">Reads.</param>
internal sealed class SharedRead<T>(Func<Task<T>> read)
{
    private readonly Lock _gate = new();
    private Task<T>? _next;
    private Task _running = Task.CompletedTask;

    /// <summary>Joins the read that has not begun yet.</summary>
    public Task<T> ReadAsync()
    {
        lock (_gate)
        {
            return _next ??= RunAfterAsync(_running);
        }
    }

    private async Task<T> RunAfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        Task<T> own;
        lock (_gate)
        {
            // From here on it may be older than a call.
            _next = null;
            _running = own = read();
        }

        return await own;
    }
}
