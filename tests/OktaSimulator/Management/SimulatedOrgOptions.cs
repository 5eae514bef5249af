namespace OrleansIdentity.OktaSimulator.Management;

/// <summary>What kind of org is simulated.</summary>
public sealed record SimulatedOrgOptions
{
    /// <summary>What ids are made from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The port on loopback; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The org's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Requests a minute in each bucket.</summary>
    public int RateLimit { get; set; } = 600;

    /// <summary>Requests that may be under way at once.</summary>
    public int Concurrency { get; set; } = 75;

    /// <summary>How far <c>search</c> and <c>expand=user</c> lag behind.</summary>
    public TimeSpan IndexLag { get; set; }

    /// <summary>How far the org's clock is ahead of the real one, as its <c>Date</c> header and its rate windows show it.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>How long a place in a list is remembered.</summary>
    public TimeSpan CursorLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an access token lives.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(1);
}
