namespace OrleansIdentity.OktaSimulator.Hooks;

/// <summary>An event hook as an admin sets it up.</summary>
/// <param name="Id">Okta's id (<c>who…</c>).</param>
/// <param name="Url">Where events go.</param>
/// <param name="HeaderName">The header that authenticates the org.</param>
/// <param name="HeaderValue">Its value.</param>
public sealed record EventHook(string Id, Uri Url, string HeaderName, string HeaderValue)
{
    /// <summary>Which events; none for all that hooks can have.</summary>
    public IReadOnlyCollection<string> Events { get; init; } = [];

    /// <summary>Whether the challenge was answered. Without it nothing is delivered.</summary>
    public bool IsVerified { get; internal set; }

    internal List<Directories.SystemEvent> Waiting { get; } = [];
}

/// <summary>How deliveries fare.</summary>
/// <param name="Loss">The part of events that never arrives.</param>
/// <param name="Duplicates">The part of deliveries that comes twice, with the same id.</param>
/// <param name="Repeats">The part of events that comes again in a later delivery of its own, as from a second hook.</param>
/// <param name="IsShuffled">Whether the order is lost.</param>
/// <param name="Batch">How many events a delivery has at most.</param>
/// <param name="Delay">How long after the first event that waits a delivery begins.</param>
public sealed record HookWeather(double Loss = 0, double Duplicates = 0, double Repeats = 0, bool IsShuffled = false, int Batch = 10, TimeSpan Delay = default);

/// <summary>One attempt to deliver.</summary>
/// <param name="HookId">The hook.</param>
/// <param name="EventId">The delivery's id; a retry has the same.</param>
/// <param name="Uuids">The events in it.</param>
/// <param name="Status">The status of the answer; null for none in time.</param>
public sealed record HookAttempt(string HookId, string EventId, IReadOnlyList<string> Uuids, int? Status);
