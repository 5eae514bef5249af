namespace OrleansIdentity.Scim.Bulk;

/// <summary>What is carried out at one time: one operation, or several POSTs that refer to each other in a circle.</summary>
/// <param name="Operations">The operations, in the order of the request.</param>
/// <param name="IsCircle">Whether an operation refers to itself, or to another that refers back to it.</param>
public sealed record BulkStep(IReadOnlyList<BulkOperation> Operations, bool IsCircle)
{
    /// <summary>Whether two steps must not be under way at once, since what comes of them could depend on which is first.</summary>
    /// <remarks>
    /// RFC 7644 §3.7 lets a server change the order of operations as long as "the same stateful result is achieved". Whom an operation takes a unique
    /// value from cannot be seen in it, so whatever may give one up waits for whatever may take one, and the other way round.
    /// </remarks>
    public bool ConflictsWith(BulkStep other)
    {
        if (IsCircle || other.IsCircle)
        {
            return true;
        }

        var (one, two) = (Operations[0], other.Operations[0]);
        if (one.Target is null || two.Target is null)
        {
            return false;
        }

        return one.Target == two.Target
            || Refers(one, two)
            || Refers(two, one)
            || EndsMembers(one, two)
            || EndsMembers(two, one)
            || (one.Type == two.Type && BulkNames.Conflict(one, two));
    }

    private static bool Refers(BulkOperation one, BulkOperation two) => two is { Creates: true, BulkId: { } name } && one.References.Contains(name);

    // Who is deleted leaves every group; a group that takes somebody in needs them to be there.
    private static bool EndsMembers(BulkOperation one, BulkOperation two) =>
        one.Method == "DELETE" && one.Type != two.Type && BulkReferences.NeedOthers(two.Type!);
}
