namespace OrleansIdentity.Grains.Users.Links;

/// <summary>A link that was made and not used, as it is stored.</summary>
/// <param name="Id">Its id. The link itself is made of it with a key that is not in the store.</param>
/// <param name="ExpiresAt">Until when it is worth something (UTC).</param>
/// <param name="IsMailed">Whether its mail is on its way.</param>
internal sealed record AccountLink(string Id, DateTimeOffset ExpiresAt, bool IsMailed);
