using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Grains.Standard.Runs;

/// <summary>Puts together what a step planned and what it found in the end. Pure.</summary>
internal static class DriftMerge
{
    /// <summary>The rows to keep.</summary>
    /// <param name="planned">What is kept already.</param>
    /// <param name="rows">What was found now.</param>
    public static DriftRow[] Of(IReadOnlyList<DriftRow> planned, IReadOnlyList<DriftRow> rows)
    {
        var latest = rows.Select(Who).ToHashSet(StringComparer.Ordinal);
        var kept = planned.Where(row => !latest.Contains(Who(row)))
            .Select(row => row.Outcome == DriftOutcome.Planned && rows.All(other => other.Outcome != DriftOutcome.Planned) ? row with { Outcome = DriftOutcome.Repaired } : row);
        return [.. kept, .. rows];
    }

    private static string Who(DriftRow row) => row.OktaId ?? row.UserId ?? row.Name;
}
