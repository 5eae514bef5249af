using System.Security.Cryptography;

namespace OrleansIdentity.Grains.Contracts.DueTimes;

/// <summary>
/// What has to be done, and when, across tenants; key: the kind of work. A note is written before the commit that makes the work necessary and removed
/// after the one that has done it, so that no work is lost to a process that dies; a note too many costs one look.
/// </summary>
[Alias("IDueTimesGrain")]
public interface IDueTimesGrain : IGrainWithStringKey
{
    /// <summary>The kind of work that is a mail to a user.</summary>
    const string Mail = "mail";

    /// <summary>Writes a note. Writing the same again is harmless.</summary>
    [Alias("Add")]
    Task AddAsync(DueNote note);

    /// <summary>The notes that are due, soonest first. Whoever gets one has some minutes for it, in which no other asker gets it.</summary>
    [Alias("Take")]
    Task<DueNote[]> TakeAsync(int count);

    /// <summary>Removes a note: the work is done, or never was any.</summary>
    [Alias("Remove")]
    Task RemoveAsync(DueNote note);
}

/// <summary>That something has to be done about a user.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Id">The work's id: in lower-case letters, digits and hyphens.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="UserId">The user.</param>
[GenerateSerializer, Immutable, Alias("DueNote")]
public sealed record DueNote([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Id, [property: Id(2)] string Tenant, [property: Id(3)] string UserId)
{
    private const int IdBytes = 16;

    // What it is about is there when it is looked at.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>A note of a mail that goes out at a time, or a moment from now when that is over.</summary>
    /// <param name="at">When (UTC).</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    public static DueNote For(DateTimeOffset at, DateTimeOffset now, string tenant, string userId) => new(
        at > now + Moment ? at : now + Moment, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), tenant, userId);
}
