namespace OrleansIdentity.Silo.Health;

/// <summary>Knows whether the silo in this process is active.</summary>
internal sealed class SiloActivity : ILifecycleParticipant<ISiloLifecycle>
{
    private volatile bool _active;

    /// <summary>Whether the silo takes calls.</summary>
    public bool IsActive => _active;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SiloActivity),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _active = true;
            return Task.CompletedTask;
        },
        _ =>
        {
            _active = false;
            return Task.CompletedTask;
        });
}
