namespace OrleansIdentity.Grains.Store;

/// <summary>The types of events. The text is what is stored and what readers match on; it never changes its meaning.</summary>
public static class EventTypes
{
    /// <summary>A user was created.</summary>
    public const string UserCreated = "user.created";

    /// <summary>A user's attributes changed, and its <c>active</c> did not.</summary>
    public const string UserUpdated = "user.updated";

    /// <summary>A user lost access; other attributes may have changed with it.</summary>
    public const string UserDeactivated = "user.deactivated";

    /// <summary>A user got access back; other attributes may have changed with it.</summary>
    public const string UserReactivated = "user.reactivated";

    /// <summary>An account got another role.</summary>
    public const string UserRoleChanged = "user.role-changed";

    /// <summary>An invitation goes out at a known time.</summary>
    public const string UserInvitationScheduled = "user.invitation-scheduled";

    /// <summary>An invitation is out.</summary>
    public const string UserInvited = "user.invited";

    /// <summary>A user was found to be as Okta has the person; nothing that anybody sees has changed.</summary>
    public const string UserSyncNoted = "user.sync-noted";

    /// <summary>A user's personal data was erased, in its earlier events too.</summary>
    public const string UserAnonymised = "user.anonymised";

    /// <summary>A department was named for the first time, and is a team.</summary>
    public const string TeamCreated = "team.created";

    /// <summary>A key of the host API was minted.</summary>
    public const string HostKeyMinted = "host-key.minted";

    /// <summary>A key of the host API was revoked.</summary>
    public const string HostKeyRevoked = "host-key.revoked";

    /// <summary>An account was linked to a user of Okta.</summary>
    public const string UserLinked = "user.linked";

    /// <summary>The link of an account to a user of Okta was taken away; its sessions ended.</summary>
    public const string UserUnlinked = "user.unlinked";

    /// <summary>An account got another password; its sessions ended.</summary>
    public const string UserPasswordChanged = "user.password-changed";

    /// <summary>An invitation was made worth nothing.</summary>
    public const string InvitationRevoked = "user.invitation-revoked";

    /// <summary>A link to set a new password was made, and a mail asked for.</summary>
    public const string PasswordLinkMade = "user.password-link-made";

    /// <summary>The mail with a link is on its way.</summary>
    public const string LinkMailed = "user.link-mailed";

    /// <summary>A user signed in.</summary>
    public const string SignInSucceeded = "sign-in.succeeded";

    /// <summary>A sign-in failed. It changes no record.</summary>
    public const string SignInFailed = "sign-in.failed";

    /// <summary>More sign-ins failed than are worth an event each: how many, by reason.</summary>
    public const string SignInFailuresCounted = "sign-in.failures-counted";

    /// <summary>One session of a user ended.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>All sessions of a user ended.</summary>
    public const string SessionsEnded = "sessions.ended";

    /// <summary>Somebody asked for the end of sessions as Okta, and was refused.</summary>
    public const string LogoutRefused = "sessions.logout-refused";

    /// <summary>A user was deleted.</summary>
    public const string UserDeleted = "user.deleted";

    /// <summary>A group was created.</summary>
    public const string GroupCreated = "group.created";

    /// <summary>A group's attributes or members changed.</summary>
    public const string GroupUpdated = "group.updated";

    /// <summary>Members of a group had been deleted as users, and left the group.</summary>
    public const string GroupMemberDeparted = "group.member-departed";

    /// <summary>A group was deleted, and its memberships with it.</summary>
    public const string GroupDeleted = "group.deleted";

    /// <summary>A tenant was created.</summary>
    public const string TenantCreated = "tenant.created";

    /// <summary>The vendor enabled the Okta integration for the tenant.</summary>
    public const string TenantEnabled = "tenant.enabled";

    /// <summary>The vendor disabled the Okta integration for the tenant.</summary>
    public const string TenantDisabled = "tenant.disabled";

    /// <summary>The rules of a tenant's sign-in changed.</summary>
    public const string TenantSignInChanged = "tenant.sign-in-changed";

    /// <summary>An owner or admin changed the settings of the integration.</summary>
    public const string IntegrationChanged = "integration.changed";

    /// <summary>An owner or admin added or removed a secret of the integration; the event names it by its id.</summary>
    public const string IntegrationSecretRotated = "integration.secret-rotated";

    /// <summary>A tenant's settings changed.</summary>
    public const string TenantSettingsChanged = "tenant.settings-changed";

    /// <summary>A tenant's own schema changed.</summary>
    public const string TenantSchemaChanged = "tenant.schema-changed";

    /// <summary>A SCIM token was minted.</summary>
    public const string TokenMinted = "token.minted";

    /// <summary>A SCIM token was revoked.</summary>
    public const string TokenRevoked = "token.revoked";

    /// <summary>A tenant went a step from Standard to SCIM, or back.</summary>
    public const string ProvisioningMoved = "provisioning.moved";

    /// <summary>A host name was given to a tenant.</summary>
    public const string HostNameClaimed = "host.claimed";

    /// <summary>A host name was taken from a tenant.</summary>
    public const string HostNameReleased = "host.released";

    /// <summary>The check value of the key-encryption key was stored.</summary>
    public const string KeyCheckCreated = "key-check.created";

    /// <summary>A key that protects sessions was added.</summary>
    public const string KeyRingExtended = "key-ring.extended";

    /// <summary>An application of the host product was created.</summary>
    public const string ApplicationCreated = "application.created";

    /// <summary>An application of the host product was deleted.</summary>
    public const string ApplicationDeleted = "application.deleted";

    /// <summary>Something is to be done at a time.</summary>
    public const string DueNoted = "due.noted";

    /// <summary>What was to be done is done.</summary>
    public const string DueDone = "due.done";

    /// <summary>A delivery of an event hook came in.</summary>
    public const string HookReceived = "hook.received";

    /// <summary>Some of a delivery was looked into.</summary>
    public const string HookProcessed = "hook.processed";

    /// <summary>A delivery is too old to come again, and was forgotten.</summary>
    public const string HookForgotten = "hook.forgotten";

    /// <summary>A read of a person came to nothing.</summary>
    public const string HookFailed = "hook.failed";

    /// <summary>A person is not read again by itself any more, or is so again.</summary>
    public const string HookSettled = "hook.settled";

    /// <summary>A person whom an event named could not be taken over from Okta, however often it was tried. It changes no record.</summary>
    public const string SyncParked = "sync.parked";

    /// <summary>Somebody has a person that was parked be tried again. It changes no record.</summary>
    public const string SyncReplayed = "sync.replayed";

    /// <summary>A run began.</summary>
    public const string SyncStarted = "sync.started";

    /// <summary>A run came a step further.</summary>
    public const string SyncProgressed = "sync.progressed";

    /// <summary>A run waits until Okta can be asked again.</summary>
    public const string SyncPaused = "sync.paused";

    /// <summary>A run would deactivate so many that an administrator has to say whether it may.</summary>
    public const string SyncAwaitsApproval = "sync.awaits-approval";

    /// <summary>An administrator has approved what a run would deactivate.</summary>
    public const string SyncApproved = "sync.approved";

    /// <summary>An administrator has rejected what a run would deactivate: the run is over.</summary>
    public const string SyncRejected = "sync.rejected";

    /// <summary>A run came to its end.</summary>
    public const string SyncCompleted = "sync.completed";

    /// <summary>A run gave way to a later one.</summary>
    public const string SyncSuperseded = "sync.superseded";

    /// <summary>A run ended as it was: the tenant is not provisioned by Standard any more.</summary>
    public const string SyncStopped = "sync.stopped";

    /// <summary>A run was forgotten: there are later ones enough.</summary>
    public const string SyncForgotten = "sync.forgotten";

    /// <summary>An id that is good once was used.</summary>
    public const string IdUsed = "id.used";

    /// <summary>An id that was used is forgotten: nobody believes it any more.</summary>
    public const string UsedIdForgotten = "id.forgotten";

    /// <summary>The operator API was called and changed no record.</summary>
    public const string OperatorCalled = "operator.called";
}
