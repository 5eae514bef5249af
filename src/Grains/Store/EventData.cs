namespace OrleansIdentity.Grains.Store;

/// <summary>One thing that happened, as it is recorded in a tenant's log. Holds no secret.</summary>
/// <param name="Type">What, such as <c>user.created</c>; see <see cref="EventTypes"/>.</param>
/// <param name="Time">When it was decided (UTC).</param>
/// <param name="Kind">The kind of what it happened to, one of <see cref="RecordKinds"/>.</param>
/// <param name="ResourceId">The id of what it happened to.</param>
/// <param name="Version">The record's version after it; 0 when no record changed.</param>
/// <param name="Origin">Who asked for it, and through which door.</param>
/// <param name="Changes">A JSON array, UTF-8, of <c>{"path", "before", "after"}</c>; absent sides are left out.</param>
public sealed record EventData(
    string Type, DateTimeOffset Time, string Kind, string ResourceId, long Version, EventOrigin Origin, ReadOnlyMemory<byte> Changes);

/// <summary>Where a command came from.</summary>
/// <param name="Source">The door: <c>scim</c>, <c>host</c>, <c>operator</c>, <c>sign-in</c>, <c>settings</c>, <c>hook</c>, <c>sync</c> or <c>system</c>.</param>
/// <param name="Actor">Who: the id of a token or of a user, never the token; through the host API the user on whose behalf it was.</param>
/// <param name="CorrelationId">The request that caused it; the same id is in the response and in the log lines.</param>
[GenerateSerializer, Immutable, Alias("EventOrigin")]
public sealed record EventOrigin([property: Id(0)] string Source, [property: Id(1)] string Actor, [property: Id(2)] string CorrelationId);

/// <summary>An event in its place.</summary>
/// <param name="Position">Its place in the tenant's log: 1, 2, 3 … without gaps, in commit order.</param>
/// <param name="CommitId">The commit that wrote it.</param>
/// <param name="Data">What happened.</param>
public sealed record StoredEvent(long Position, Guid CommitId, EventData Data);
