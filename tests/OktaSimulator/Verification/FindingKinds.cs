namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>All findings that there can be.</summary>
public static class FindingKinds
{
    // Any answer.
    public static readonly FindingKind NoAnswer = new("no-answer", "A request got no answer: Okta reports a time-out and leaves a failed task.");
    public static readonly FindingKind ServerError = new("server-error", "The server failed (5xx): Okta leaves a failed task.");
    public static readonly FindingKind Throttled = new(
        "throttled", "429 without whole seconds in Retry-After, or again and again: Okta pauses the job, and then gives up.");
    public static readonly FindingKind NotJson = new("not-json", "The body is not a JSON object: an admin sees 'Invalid JSON' and nothing else.");
    public static readonly FindingKind EmptyBody = new(
        "empty-body", "An answer that needs a body has none: Okta stores no link, or takes the account for empty.");
    public static readonly FindingKind WrongMediaType = new("wrong-media-type", "A body is neither application/scim+json nor application/json.");
    public static readonly FindingKind PasswordEchoed = new("password-echoed", "A password came back in an answer. It must never.");
    public static readonly FindingKind ErrorShape = new("error-shape", "An error is not a SCIM error: the admin does not see why.");

    // Connection.
    public static readonly FindingKind ConnectionTestFailed = new(
        "connection-test-failed", "The connection test was not answered 200 with a list: Okta does not save the app.");
    public static readonly FindingKind BadCredentialAccepted = new(
        "bad-credential-accepted", "A wrong token was not answered 401: Okta reports success with a bad credential.");

    // Resources.
    public static readonly FindingKind SchemasMissing = new("schemas-missing", "A resource or list has no 'schemas'.");
    public static readonly FindingKind IdMissing = new("id-missing", "A resource has no 'id': Okta cannot store a link.");
    public static readonly FindingKind IdChanged = new("id-changed", "An account has another 'id' than before: Okta's link points nowhere.");
    public static readonly FindingKind MetaMissing = new("meta-missing", "A resource has no 'meta' with a resourceType and a location.");
    public static readonly FindingKind LocationMissing = new("location-missing", "A 201 has no Location header.");
    public static readonly FindingKind ReadOnlyStored = new("read-only-stored", "A readOnly member that Okta echoes was stored instead of ignored.");

    // Lists.
    public static readonly FindingKind ListShape = new("list-shape", "A list lacks totalResults, startIndex, itemsPerPage or Resources.");
    public static readonly FindingKind NumberAsString = new(
        "number-as-string", "A number of a list is a JSON string: provisioning breaks without a reason given.");
    public static readonly FindingKind PageSizeWrong = new("page-size-wrong", "itemsPerPage is not the number of resources, or more than 'count' came back.");
    public static readonly FindingKind TotalWrong = new("total-wrong", "totalResults is not the number of accounts that there are.");

    // Look-up.
    public static readonly FindingKind FilterRefused = new("filter-refused", "A filter that Okta sends was refused.");
    public static readonly FindingKind FilterMissed = new(
        "filter-missed", "A filter did not find an account that is there: Okta creates it again, and again gets 409.");
    public static readonly FindingKind FilterCaseSensitive = new("filter-case-sensitive", "A filter on userName or an e-mail address minds letter case.");
    public static readonly FindingKind FilterInvented = new("filter-invented", "A filter found accounts that do not match: Okta links to a stranger.");
    public static readonly FindingKind FilterMissedDeactivated = new(
        "filter-missed-deactivated", "A filter did not find a deactivated account: Okta cannot take it up again.");

    // Create.
    public static readonly FindingKind CreateRefused = new("create-refused", "A create was not answered 201.");
    public static readonly FindingKind DuplicateAccepted = new(
        "duplicate-accepted", "A create of what is there was accepted: after a time-out Okta makes doubles.");
    public static readonly FindingKind ConflictWrong = new("conflict-wrong", "A conflict was not answered 409 with scimType 'uniqueness'.");
    public static readonly FindingKind DuplicateChangedFirst = new("duplicate-changed-first", "A refused create changed the account that was there.");
    public static readonly FindingKind RaceManyCreated = new("race-many-created", "Several of the creates of one and the same user were accepted.");

    // Change.
    public static readonly FindingKind AccountNotReadable = new("account-not-readable", "An account cannot be read by its id.");
    public static readonly FindingKind DeactivatedNotReadable = new(
        "deactivated-not-readable", "A deactivated account cannot be read by its id: the integration breaks.");
    public static readonly FindingKind ChangeRefused = new("change-refused", "A change that Okta makes was refused.");
    public static readonly FindingKind ChangeLost = new("change-lost", "A change was acknowledged and is not there.");
    public static readonly FindingKind AttributeDisturbed = new("attribute-disturbed", "An attribute that the request did not change has another value.");
    public static readonly FindingKind UnmappedLost = new("unmapped-lost", "An attribute that Okta does not map, and sent back as it was, is gone.");
    public static readonly FindingKind ClearIgnored = new("clear-ignored", "An attribute that was emptied in Okta still has its value.");
    public static readonly FindingKind DeactivationIgnored = new(
        "deactivation-ignored", "A deactivation was acknowledged, and the account is active: a person who left keeps access.");
    public static readonly FindingKind ReactivationIgnored = new("reactivation-ignored", "An account that Okta has activated is not active.");
    public static readonly FindingKind OldNameFound = new("old-name-found", "An account is still found by the name that it had before.");
    public static readonly FindingKind CollisionAccepted = new("collision-accepted", "A rename to a name that is taken was accepted.");
    public static readonly FindingKind LinkWrong = new("link-wrong", "An account is not linked: externalId is not Okta's id.");

    // Import.
    public static readonly FindingKind ImportRefused = new("import-refused", "A page of the import was not answered 200.");
    public static readonly FindingKind ImportSkipped = new(
        "import-skipped", "The import skipped an account: where the app is the profile source, its owner is locked out of Okta.");
    public static readonly FindingKind ImportLacksDeactivated = new("import-lacks-deactivated", "The import leaves out deactivated accounts.");
    public static readonly FindingKind ImportTwice = new("import-twice", "The import showed an account more than once.");
    public static readonly FindingKind ImportUnstable = new(
        "import-unstable", "Two imports in a row came in different order: pages of one can skip and repeat.");

    // Groups.
    public static readonly FindingKind GroupsRefused = new("groups-refused", "A look-up or a create of a group was refused: nothing can be pushed.");
    public static readonly FindingKind GroupNotReadable = new("group-not-readable", "A group cannot be read by its id.");
    public static readonly FindingKind GroupMissed = new(
        "group-missed", "A group was not found by its displayName: Okta creates it again, or links to another one.");
    public static readonly FindingKind GroupTwice = new("group-twice", "A second group of the same name was accepted: Okta links to either.");
    public static readonly FindingKind GroupNameWrong = new("group-name-wrong", "A rename of a group was acknowledged and is not there.");
    public static readonly FindingKind RenameRefused = new(
        "rename-refused", "A rename of a group was refused; a catalogue app sends the id along, which has to be ignored.");
    public static readonly FindingKind MembersLacking = new("members-lacking", "A member that was pushed is not in the group: a person lacks access.");
    public static readonly FindingKind MembersLeft = new(
        "members-left", "A removal was acknowledged, and the member is in the group: a person keeps access.");
    public static readonly FindingKind ExistingMembersLost = new(
        "existing-members-lost", "A group that Okta took over lost members before a push removed them.");
    public static readonly FindingKind EmptyReplaceRefused = new("empty-replace-refused", "A push of a group that has nobody left was refused.");
    public static readonly FindingKind UserGroupsWrong = new("user-groups-wrong", "'groups' of a user is not the groups that have it as a member.");
    public static readonly FindingKind GroupImportWrong = new("group-import-wrong", "The import of groups lacks a group, or members of one.");
    public static readonly FindingKind GroupStillThere = new("group-still-there", "A deleted group is still there, or a delete was not answered 204.");

    // Discovery.
    public static readonly FindingKind DiscoveryWrong = new(
        "discovery-wrong", "/ResourceTypes or /Schemas does not say what users are: schema import ends with nothing.");

    // Errors.
    public static readonly FindingKind BadFilterAnswer = new("bad-filter-answer", "A malformed filter was not answered 400 'invalidFilter'.");
    public static readonly FindingKind UnknownIdAnswer = new("unknown-id-answer", "An id that does not exist was not answered 404.");
    public static readonly FindingKind DeletedStillThere = new("deleted-still-there", "A deleted account is still there, or a delete was not answered 204.");
}
