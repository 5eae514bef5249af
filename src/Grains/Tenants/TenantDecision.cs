using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Tenants;

/// <summary>What <see cref="TenantLifecycle"/> decided about a command.</summary>
internal abstract record TenantDecision
{
    /// <summary>The command is refused; nothing changes.</summary>
    public sealed record Refused(Refusal Refusal) : TenantDecision;

    /// <summary>The tenant already is as the command wants it.</summary>
    public sealed record Unchanged : TenantDecision;

    /// <summary>The tenant changes, with one event.</summary>
    public sealed record Transition(TenantState Next, string EventType, AttributeChange[] Changes) : TenantDecision;
}
