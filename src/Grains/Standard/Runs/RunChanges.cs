using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Standard.Runs;

/// <summary>What the event of a run's step says.</summary>
internal static class RunChanges
{
    /// <summary>What differs between two states of a run; the first is null at its beginning.</summary>
    public static AttributeChange[] Between(RunState? before, RunState after) =>
    [
        .. Change("phase", before?.Phase.ToString(), after.Phase.ToString()),
        .. Change("outcome", before?.Outcome?.ToString(), after.Outcome?.ToString()),
        .. Change("status", before?.Status?.Id, after.Status?.Id),
        .. Change("rehearsal", null, before is null && after.IsRehearsal ? "yes" : null),
        .. Change("absent", Number(before?.Absent ?? 0), Number(after.Absent)),
        .. Change("assigned", Number(Counts(before).Assigned), Number(after.Counts.Assigned)),
        .. Change("created", Number(Counts(before).Created), Number(after.Counts.Created)),
        .. Change("updated", Number(Counts(before).Updated), Number(after.Counts.Updated)),
        .. Change("reactivated", Number(Counts(before).Reactivated), Number(after.Counts.Reactivated)),
        .. Change("deactivated", Number(Counts(before).Deactivated), Number(after.Counts.Deactivated)),
        .. Change("problems", Number(Counts(before).Problems), Number(after.Counts.Problems)),
    ];

    private static RunCounts Counts(RunState? run) => run?.Counts ?? RunCounts.None;

    private static JsonNode? Number(int number) => number == 0 ? null : JsonValue.Create(number);

    private static AttributeChange[] Change(string path, JsonNode? before, JsonNode? after) =>
        JsonNode.DeepEquals(before, after) ? [] : [new AttributeChange(path, before, after)];
}
