namespace OrleansIdentity.OktaSimulator.Org;

/// <summary>A group of the org that is pushed to the app: what the server must show for it.</summary>
/// <param name="name">Its name.</param>
/// <param name="members">Who is in it.</param>
internal sealed class OktaGroup(string name, IEnumerable<OktaUser> members)
{
    public string Name { get; set; } = name;

    /// <summary>Who is in it, as of the last change that the server acknowledged.</summary>
    public IReadOnlyList<OktaUser> Members { get; set; } = [.. members];

    /// <summary>The server's id for it; null while Okta has no link to a group.</summary>
    public string? ScimId { get; set; }

    /// <summary>Whether it was deleted on the server.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether it has to be there.</summary>
    public bool IsThere => ScimId is not null && !IsDeleted;
}
