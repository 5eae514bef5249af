using System.Collections.Frozen;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>What an account may do in the host product. Provisioning never grants a role. The text is what is stored.</summary>
public static class Roles
{
    /// <summary>May do everything. A tenant that has an active owner always keeps one.</summary>
    public const string Owner = "owner";

    /// <summary>May see and change the integration.</summary>
    public const string Admin = "admin";

    /// <summary>May see and change people.</summary>
    public const string Hr = "hr";

    /// <summary>The default: a learner.</summary>
    public const string Viewer = "viewer";

    /// <summary>All roles.</summary>
    public static FrozenSet<string> All { get; } =
        FrozenSet.Create(StringComparer.Ordinal, Owner, Admin, Hr, Viewer, "curator", "reporter", "learning_designer");
}
