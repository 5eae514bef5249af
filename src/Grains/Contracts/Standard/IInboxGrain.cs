using Orleans.Concurrency;

namespace OrleansIdentity.Grains.Contracts.Standard;

/// <summary>
/// What Okta's event hooks have told about a tenant's people and nobody has looked into yet; key: the tenant's slug. An event only says whom to read again:
/// however many events name a person, one read answers them all.
/// </summary>
[Alias("IInboxGrain")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>The kind of due work that is a tenant's inbox.</summary>
    const string Work = "inbox";

    /// <summary>Keeps a delivery: durable when it is answered. Takes one commit, however much is waiting, and waits for nothing else.</summary>
    [Alias("Receive"), AlwaysInterleave]
    Task<ReceiveReply> ReceiveAsync(HookDelivery delivery);

    /// <summary>People to be read again, longest waiting first. Whoever gets one has a minute for it, in which no other asker gets it.</summary>
    [Alias("Take")]
    Task<InboxWork> TakeAsync(int count);

    /// <summary>What a person was read for is done: what had come in before it was taken waits no longer.</summary>
    [Alias("Done")]
    Task DoneAsync(string subject);

    /// <summary>A read that could not be made: it is due again, later each time, for as long as it takes.</summary>
    [Alias("Postpone")]
    Task PostponeAsync(string subject);

    /// <summary>A read that came to nothing for a reason of the person's own: it is due again, later each time, and is parked in the end.</summary>
    [Alias("Fail")]
    Task FailAsync(string subject, Refusal reason);

    /// <summary>Who is parked, a page.</summary>
    /// <param name="after">Start behind this id; null to start at the first.</param>
    /// <param name="count">How many at most.</param>
    [Alias("ListParked"), AlwaysInterleave]
    Task<ParkedPage> ListParkedAsync(string? after, int count);

    /// <summary>Has somebody who is parked be read again.</summary>
    /// <returns>Whether somebody of this id is parked.</returns>
    [Alias("Replay")]
    Task<bool> ReplayAsync(string id, string by);

    /// <summary>How it stands.</summary>
    [Alias("ReadStatus"), AlwaysInterleave]
    Task<InboxStatus> ReadStatusAsync();
}

/// <summary>One delivery of an event hook, as far as it concerns the tenant's app.</summary>
/// <param name="EventId">Okta's id of the delivery, which a retry repeats.</param>
/// <param name="Events">What happened; at least one.</param>
[GenerateSerializer, Immutable, Alias("HookDelivery")]
public sealed record HookDelivery([property: Id(0)] string EventId, [property: Id(1)] HookEvent[] Events);

/// <summary>That something happened to a person.</summary>
/// <param name="Uuid">Okta's id of the event, the same in every delivery of it.</param>
/// <param name="Subject">The person: an Okta id, or an e-mail address.</param>
[GenerateSerializer, Immutable, Alias("HookEvent")]
public sealed record HookEvent([property: Id(0)] string Uuid, [property: Id(1)] string Subject);

/// <summary>What became of a delivery.</summary>
/// <param name="Kept">How many of its events are waiting now; 0 when all were known already.</param>
[GenerateSerializer, Immutable, Alias("ReceiveReply")]
public sealed record ReceiveReply([property: Id(0)] int Kept);

/// <summary>What there is to do.</summary>
/// <param name="Subjects">Whom to read again now.</param>
/// <param name="NextAt">Without anybody to read now: when there will be somebody (UTC); null when nobody is waiting.</param>
[GenerateSerializer, Immutable, Alias("InboxWork")]
public sealed record InboxWork([property: Id(0)] string[] Subjects, [property: Id(1)] DateTimeOffset? NextAt);

/// <summary>A page of those who are parked.</summary>
/// <param name="Total">How many there are in all. Exact.</param>
/// <param name="Items">The page.</param>
/// <param name="HasMore">Whether more follow.</param>
[GenerateSerializer, Immutable, Alias("ParkedPage")]
public sealed record ParkedPage([property: Id(0)] long Total, [property: Id(1)] ParkedSubject[] Items, [property: Id(2)] bool HasMore);

/// <summary>A person whose reads came to nothing.</summary>
/// <param name="Id">By which it is replayed.</param>
/// <param name="Subject">The person: an Okta id, or an e-mail address.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When it was tried last (UTC).</param>
/// <param name="Reason">Why it came to nothing.</param>
[GenerateSerializer, Immutable, Alias("ParkedSubject")]
public sealed record ParkedSubject(
    [property: Id(0)] string Id, [property: Id(1)] string Subject, [property: Id(2)] int Attempts, [property: Id(3)] DateTimeOffset At, [property: Id(4)] Refusal Reason);

/// <summary>How an inbox stands.</summary>
/// <param name="Waiting">How many deliveries are waiting. Exact.</param>
/// <param name="Parked">How many people are parked. Exact.</param>
[GenerateSerializer, Immutable, Alias("InboxStatus")]
public sealed record InboxStatus([property: Id(0)] long Waiting, [property: Id(1)] long Parked);
