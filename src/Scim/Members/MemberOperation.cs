namespace OrleansIdentity.Scim.Members;

/// <summary>
/// One step of what a request does to the members of a group. Members are a set of user ids and nothing else, so each step is a set operation, and
/// none of them has to look at the members that it does not name.
/// </summary>
public abstract record MemberOperation
{
    private MemberOperation()
    {
    }

    /// <summary>These are members afterwards.</summary>
    public sealed record Add(IReadOnlyList<string> Ids) : MemberOperation;

    /// <summary>These are no members afterwards.</summary>
    public sealed record Remove(IReadOnlyList<string> Ids) : MemberOperation;

    /// <summary>These, and no others, are members afterwards.</summary>
    public sealed record Replace(IReadOnlyList<string> Ids) : MemberOperation;

    /// <summary>The second takes the place of the first, which must be a member.</summary>
    public sealed record Exchange(string Id, string By) : MemberOperation;
}
