using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>What to play, and against whom.</summary>
/// <param name="Target">The server.</param>
public sealed record ProvisionOptions(ScimTarget Target)
{
    /// <summary>The kinds of app, one after the other.</summary>
    public IReadOnlyList<AppKind> Apps { get; init; } = [AppKind.Classic, AppKind.Catalogue];

    /// <summary>How many people each app has; at least 20.</summary>
    public int Users { get; init; } = 200;

    /// <summary>Whether groups are pushed too.</summary>
    public bool PushesGroups { get; init; } = true;

    /// <summary>How many requests are under way at once; at least 2.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>What the people are made from. A run against a tenant that has not seen the seed before is reproducible.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long one request may take. Okta waits 60 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
