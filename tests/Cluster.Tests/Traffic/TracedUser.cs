namespace OrleansIdentity.Cluster.Tests.Traffic;

/// <summary>What was asked of one user and what was answered. Every write sets a mark that no other write sets, so that the log tells what became of each.</summary>
internal sealed class TracedUser(string userName)
{
    public string UserName => userName;

    public string? Id { get; set; }

    /// <summary>The marks of all writes in the order in which they were sent, and whether each was acknowledged.</summary>
    public List<(string Mark, bool IsAcknowledged)> Writes { get; } = [];

    /// <summary>The marks that the user may bear: that of the last acknowledged write, and those of writes without an answer since.</summary>
    public IEnumerable<string> AllowedMarks()
    {
        var last = Writes.FindLastIndex(write => write.IsAcknowledged);
        return Writes.Skip(Math.Max(last, 0)).Select(write => write.Mark);
    }
}
