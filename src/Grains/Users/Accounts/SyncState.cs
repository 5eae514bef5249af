namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>What was last read of Okta about a user.</summary>
/// <param name="ReadAt">When that read began (UTC). What was read before it is not applied any more.</param>
/// <param name="OktaUpdatedAt">Since when Okta had the profile so, by its own clock; null when it did not say.</param>
/// <param name="Digest">The state that was read; null since anything but a read of Okta has changed the user.</param>
internal sealed record SyncState(DateTimeOffset ReadAt, DateTimeOffset? OktaUpdatedAt, string? Digest);
