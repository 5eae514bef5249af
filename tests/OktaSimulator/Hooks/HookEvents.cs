namespace OrleansIdentity.OktaSimulator.Hooks;

/// <summary>Which events hooks can have; the log has more.</summary>
public static class HookEvents
{
    private static readonly HashSet<string> Eligible = new(StringComparer.Ordinal)
    {
        "user.lifecycle.create", "user.lifecycle.activate", "user.lifecycle.deactivate", "user.lifecycle.suspend", "user.lifecycle.unsuspend",
        "user.lifecycle.reactivate", "user.lifecycle.delete.initiated", "user.account.update_profile", "user.account.update_password", "user.account.lock",
        "user.account.unlock", "user.account.unlock_by_admin", "application.user_membership.add", "application.user_membership.remove",
        "application.user_membership.update", "application.user_membership.change_password", "group.user_membership.add", "group.user_membership.remove",
        "group.lifecycle.create", "group.lifecycle.delete", "group.profile.update", "group.application_assignment.add", "group.application_assignment.remove",
        "group.application_assignment.update", "application.lifecycle.create", "application.lifecycle.activate", "application.lifecycle.deactivate",
        "application.lifecycle.delete", "user.session.clear", "user.session.end", "user.authentication.universal_logout",
    };

    /// <summary>Whether a hook can have it.</summary>
    public static bool IsEligible(string eventType) => Eligible.Contains(eventType);
}
