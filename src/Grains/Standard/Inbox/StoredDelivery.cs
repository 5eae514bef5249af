using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Standard.Inbox;

/// <summary>A delivery as it is stored: until everybody in it was read again, and from then on for as long as it might come again.</summary>
/// <param name="EventId">Okta's id of it.</param>
/// <param name="ReceivedAt">When it came in (UTC).</param>
/// <param name="Uuids">The events in it.</param>
/// <param name="Waiting">Whom it names and who is to be read again.</param>
internal sealed record StoredDelivery(string EventId, DateTimeOffset ReceivedAt, string[] Uuids, string[] Waiting)
{
    // A transaction of the table store has a hundred rows, of which each unique key is one. What has no key is merely read once too often.
    private const int MaxUniqueKeys = 60;
    private const int MaxSubjectKeys = 60;

    /// <summary>The condition that all fulfil in which somebody waits.</summary>
    public static KeyCondition IsWaiting { get; } = new("state", ["waiting"]);

    /// <summary>The condition that all fulfil in which nobody waits.</summary>
    public static KeyCondition IsDone { get; } = new("state", ["done"]);

    /// <summary>The key of the deliveries in which somebody waits.</summary>
    public static IndexKey Subject(string subject) => new("subject", subject, Unique: false);

    /// <summary>The key of an event.</summary>
    public static IndexKey Uuid(string uuid) => new("uuid", uuid, Unique: true);

    /// <summary>The key of a delivery.</summary>
    public static IndexKey Delivery(string eventId) => new("eventId", eventId, Unique: true);

    /// <summary>Reads a record from the store.</summary>
    public static StoredDelivery From(StoredRecord stored) => JsonSerializer.Deserialize(stored.Document.Span, InboxJson.Default.StoredDelivery)!;

    /// <summary>The delivery as a record.</summary>
    public PutRecord ToPut(RecordKey key, long version) => new(key, version, JsonSerializer.SerializeToUtf8Bytes(this, InboxJson.Default.StoredDelivery), [.. Keys()]);

    private IEnumerable<IndexKey> Keys()
    {
        var condition = Waiting.Length > 0 ? IsWaiting : IsDone;
        yield return new IndexKey(condition.Attribute, condition.Values[0], Unique: false);
        yield return Delivery(EventId);
        foreach (var uuid in Uuids.Take(MaxUniqueKeys))
        {
            yield return Uuid(uuid);
        }

        foreach (var subject in Waiting.Take(MaxSubjectKeys))
        {
            yield return Subject(subject);
        }
    }
}

/// <summary>Why a person is still waiting, or waits no more.</summary>
/// <param name="Subject">The person.</param>
/// <param name="Attempts">How often it came to nothing for a reason of the person's own.</param>
/// <param name="At">When it did so last (UTC).</param>
/// <param name="Reason">Why.</param>
/// <param name="IsParked">Whether it is not tried again by itself.</param>
internal sealed record Trouble(string Subject, int Attempts, DateTimeOffset At, Refusal Reason, bool IsParked)
{
    /// <summary>The condition that all fulfil who are parked.</summary>
    public static KeyCondition Parked { get; } = new("state", ["parked"]);

    /// <summary>Reads a record from the store.</summary>
    public static Trouble From(StoredRecord stored) => JsonSerializer.Deserialize(stored.Document.Span, InboxJson.Default.Trouble)!;

    /// <summary>What the settings page shows.</summary>
    public ParkedSubject ToView(string id) => new(id, Subject, Attempts, At, Reason);

    /// <summary>It as a record.</summary>
    public PutRecord ToPut(RecordKey key, long version) => new(
        key, version, JsonSerializer.SerializeToUtf8Bytes(this, InboxJson.Default.Trouble), IsParked ? [new IndexKey("state", "parked", Unique: false)] : []);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredDelivery))]
[JsonSerializable(typeof(Trouble))]
internal sealed partial class InboxJson : JsonSerializerContext;
