using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Grains.Standard.Runs;

/// <summary>What the records of a run under way come to. It is in memory while the grain is, and made anew of them when it is not.</summary>
internal sealed class RunProgress
{
    private RunProgress(int walk) => Walk = walk;

    /// <summary>The walk that it is of.</summary>
    public int Walk { get; }

    /// <summary>The pages so far.</summary>
    public int Pages { get; private set; }

    /// <summary>Where the walk goes on; null at the first page, and behind the last.</summary>
    public string? Cursor { get; private set; }

    /// <summary>Whether the last page is through.</summary>
    public bool IsWalked { get; private set; }

    /// <summary>Who was on a page, by Okta id.</summary>
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>The numbers of the pages.</summary>
    public RunCounts Counts { get; private set; } = RunCounts.None;

    /// <summary>The slices so far.</summary>
    public int Slices { get; private set; }

    /// <summary>Behind whom the next slice begins.</summary>
    public string? After { get; private set; }

    /// <summary>Whether the last slice is through.</summary>
    public bool IsListed { get; private set; }

    /// <summary>Who was on no page.</summary>
    public List<AbsentUser> Absent { get; } = [];

    /// <summary>How many users the tenant has.</summary>
    public long Users { get; private set; }

    /// <summary>How many belong to nobody in Okta.</summary>
    public int Unlinked { get; private set; }

    /// <summary>Reads it.</summary>
    public static async Task<RunProgress> ReadAsync(RunWork work, RunState run)
    {
        var progress = new RunProgress(run.Walk);
        await foreach (var page in work.PagesAsync(run))
        {
            progress.Add(page);
        }

        await foreach (var slice in work.SlicesAsync(run))
        {
            progress.Add(slice);
        }

        return progress;
    }

    /// <summary>A page is through.</summary>
    public void Add(StoredPage page)
    {
        Pages++;
        (Cursor, IsWalked, Counts) = (page.Next, page.Next is null, Counts.Plus(page.Counts));
        Seen.UnionWith(page.OktaIds);
    }

    /// <summary>A slice is through.</summary>
    public void Add(StoredSlice slice)
    {
        Slices++;
        (After, IsListed, Users, Unlinked) = (slice.Next, slice.Next is null, slice.Users, Unlinked + slice.Unlinked);
        Absent.AddRange(slice.Absent);
    }
}
