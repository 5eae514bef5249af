namespace OrleansIdentity.Grains.Contracts.Health;

/// <summary>Tells a process outside the silos whether they work; any key. On every silo, as often as it is asked.</summary>
[Alias("IProbeGrain")]
public interface IProbeGrain : IGrainWithIntegerKey
{
    /// <summary>Completes when the silo's store can both read and write.</summary>
    [Alias("Probe")]
    Task ProbeAsync(CancellationToken cancellationToken);
}
