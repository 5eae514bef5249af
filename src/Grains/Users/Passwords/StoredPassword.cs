namespace OrleansIdentity.Grains.Users.Passwords;

/// <summary>An account's password, as it is stored.</summary>
/// <param name="Hash">What the door made of it, in the format of ASP.NET Core Identity: the algorithm and its costs are part of it.</param>
/// <param name="ChangedAt">When it was set (UTC).</param>
internal sealed record StoredPassword(string Hash, DateTimeOffset ChangedAt);
