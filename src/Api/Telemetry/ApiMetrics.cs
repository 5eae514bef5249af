using System.Diagnostics.Metrics;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Telemetry;

/// <summary>What the front counts. No label names a tenant, a user or anything that a caller chose.</summary>
public sealed class ApiMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "OrleansIdentity.Api";

    private readonly Counter<long> _withoutEffect;
    private readonly Counter<long> _ignored;
    private readonly Counter<long> _refused;

    /// <summary>Creates the instruments.</summary>
    public ApiMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _withoutEffect = meter.CreateCounter<long>(
            "orleansidentity.scim.without_effect", "{request}", "SCIM requests that were accepted and changed nothing, by reason");
        _ignored = meter.CreateCounter<long>(
            "orleansidentity.scim.ignored", "{member}", "Parts of accepted SCIM requests that had no effect, by reason");
        _refused = meter.CreateCounter<long>(
            "orleansidentity.scim.refused", "{request}", "SCIM requests that were refused, by error id");
    }

    /// <summary>Counts what a write was accepted for without effect.</summary>
    /// <param name="operation">The HTTP method.</param>
    /// <param name="changed">Whether the request changed anything.</param>
    /// <param name="ignored">Why parts of it had no effect.</param>
    public void Accepted(string operation, bool changed, IReadOnlyCollection<string> ignored)
    {
        foreach (var reason in ignored)
        {
            _ignored.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }

        if (changed)
        {
            return;
        }

        foreach (var reason in ignored.Count > 0 ? ignored : ["value-unchanged"])
        {
            _withoutEffect.Add(1, new("operation", operation), new("reason", reason));
        }
    }

    /// <summary>Counts a refusal.</summary>
    public void Refused(ScimError error) => _refused.Add(1, new("id", error.Id), new("status", error.Status));
}
