using OrleansIdentity.Grains.Contracts.DueTimes;

namespace OrleansIdentity.Grains.DueTimes;

/// <summary>Hands out notes. Who has taken one is in memory alone.</summary>
[GrainType("due-times")]
internal sealed class DueTimesGrain(DueNotes notes, TimeProvider time) : Grain, IDueTimesGrain
{
    private static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, DateTimeOffset> _taken = new(StringComparer.Ordinal);

    private string Work => this.GetPrimaryKeyString();

    public Task AddAsync(DueNote note) => notes.AddAsync(Work, note);

    public async Task<DueNote[]> TakeAsync(int count)
    {
        var now = time.GetUtcNow();
        foreach (var over in _taken.Where(one => one.Value <= now).ToArray())
        {
            _taken.Remove(over.Key);
        }

        var due = await notes.FindDueAsync(Work, _taken.Keys.ToHashSet(StringComparer.Ordinal), count);
        foreach (var (recordId, _) in due)
        {
            _taken[recordId] = now + TakenFor;
        }

        return Array.ConvertAll(due, one => one.Note);
    }

    public async Task RemoveAsync(DueNote note) => _taken.Remove(await notes.RemoveAsync(Work, note));
}
