using System.Diagnostics.Metrics;
using OrleansIdentity.Api.Telemetry;

namespace OrleansIdentity.Api.Webhooks;

/// <summary>Counts deliveries of event hooks, by what became of them.</summary>
internal sealed class HookMetrics(IMeterFactory factory)
{
    private readonly Counter<long> _received = factory.Create(ApiMetrics.MeterName).CreateCounter<long>(
        "orleansidentity.hooks.received", "{delivery}", "Deliveries of event hooks that were answered 200, by what became of them");

    /// <summary>Counts a delivery.</summary>
    public void Received(string became) => _received.Add(1, new KeyValuePair<string, object?>("became", became));
}
