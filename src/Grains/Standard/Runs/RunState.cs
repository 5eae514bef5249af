using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Standard.Runs;

/// <summary>A run as it is stored. How far its walk is, its pages say.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Trigger">What it is for.</param>
/// <param name="IsRehearsal">Whether it changes nobody.</param>
/// <param name="StartedBy">Who began it.</param>
/// <param name="StartedAt">When (UTC).</param>
internal sealed record RunState(string Id, RunTrigger Trigger, bool IsRehearsal, string StartedBy, DateTimeOffset StartedAt)
{
    /// <summary>How far it is.</summary>
    public RunPhase Phase { get; init; }

    /// <summary>How often it has begun to walk again.</summary>
    public int Walk { get; init; }

    /// <summary>In <see cref="RunPhase.Weighing"/> and <see cref="RunPhase.Removing"/>: how many of the absent are through.</summary>
    public int Number { get; init; }

    /// <summary>How many were absent.</summary>
    public int Absent { get; init; }

    /// <summary>How many it may deactivate without being asked.</summary>
    public int Limit { get; init; }

    /// <summary>Of those weighed, how many are gone.</summary>
    public int Gone { get; init; }

    /// <summary>Of those weighed, how many are there all the same.</summary>
    public int Still { get; init; }

    /// <summary>Its numbers, without those of a walk that is under way.</summary>
    public RunCounts Counts { get; init; } = RunCounts.None;

    /// <summary>What is wrong; null for nothing.</summary>
    public Refusal? Status { get; init; }

    /// <summary>Until when it waits (UTC).</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>How often in a row it had to wait.</summary>
    public int Failures { get; init; }

    /// <summary>How it ended.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who approved or rejected it.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Reads a record from the store.</summary>
    public static RunState From(StoredRecord stored) => JsonSerializer.Deserialize(stored.Document.Span, RunJson.Default.RunState)!;

    /// <summary>The document to store.</summary>
    public byte[] ToDocument() => JsonSerializer.SerializeToUtf8Bytes(this, RunJson.Default.RunState);

    /// <summary>What administrators see.</summary>
    /// <param name="underWay">The numbers of a walk that is under way.</param>
    public RunView ToView(RunCounts underWay) => new(
        Id, Trigger, IsRehearsal, StartedBy, StartedAt, EndedAt, Phase, Outcome, Status, PausedUntil, Counts.Plus(underWay), Absent, Limit, DecidedBy);
}

/// <summary>A page that a walk is through with.</summary>
/// <param name="Next">Where it goes on; null behind the last page.</param>
/// <param name="OktaIds">Who was on it.</param>
/// <param name="Counts">What became of it.</param>
internal sealed record StoredPage(string? Next, string[] OktaIds, RunCounts Counts);

/// <summary>A part of the tenant's own users that was looked through.</summary>
/// <param name="Next">Behind whom to go on; null when all are through.</param>
/// <param name="Absent">Who was on no page.</param>
/// <param name="Users">How many users the tenant has.</param>
/// <param name="Unlinked">How many belong to nobody in Okta.</param>
internal sealed record StoredSlice(string? Next, AbsentUser[] Absent, long Users, int Unlinked);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(StoredPage))]
[JsonSerializable(typeof(StoredSlice))]
[JsonSerializable(typeof(DriftRow[]))]
internal sealed partial class RunJson : JsonSerializerContext;
