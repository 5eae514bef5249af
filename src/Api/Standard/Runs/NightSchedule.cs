using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Api.Standard.Runs;

/// <summary>
/// When runs begin. Each tenant has one note for its next night; it is exchanged for the one after it when the run has begun. A cluster that was away for some nights
/// finds one note, and makes up for them by one run.
/// </summary>
internal sealed class NightSchedule(GrainsOf<IDueTimesGrain> dueTimes, TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(3);

    // Not all tenants at once; a tenant always in the same minute.
    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(30);

    /// <summary>How long a command to a run may take without another note.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private IDueTimesGrain Notes => dueTimes.Get(ISyncGrain.Work);

    /// <summary>The first night behind a time: 03:00 UTC, and up to half an hour later.</summary>
    public static DateTimeOffset Next(string tenant, DateTimeOffset now)
    {
        var night = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + Hour + Offset(tenant);
        return night > now ? night : night.AddDays(1);
    }

    /// <summary>The id of the run of a night: the same whoever begins it.</summary>
    public static string RunOf(DateTimeOffset night) => night.UtcDateTime.ToString("yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture) + "-night";

    /// <summary>An id for a run that somebody asks for now.</summary>
    public static string NewRun(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <summary>Completes when a tenant's next night is noted.</summary>
    public Task EnsureAsync(string tenant) => Notes.AddAsync(Night(tenant, Next(tenant, time.GetUtcNow())));

    /// <summary>Completes when it is noted that a tenant's run is to be gone on with.</summary>
    public Task EnsureRunAsync(string tenant, DateTimeOffset at) => Notes.AddAsync(new DueNote(at, $"run-{tenant}", tenant, ""));

    /// <summary>
    /// Has a run begin, or go on, by a command to its grain. It is noted before, so that it is not lost with the process, for a moment that lies behind the command.
    /// If that took longer, it is noted again: whoever looked meanwhile has found nothing, and taken the note away.
    /// </summary>
    public async Task<RunReply> NotedAsync(string tenant, Func<Task<RunReply>> command)
    {
        var at = time.GetUtcNow() + Moment;
        await EnsureRunAsync(tenant, at);
        var reply = await command();
        if (time.GetUtcNow() is var now && now >= at)
        {
            await EnsureRunAsync(tenant, now);
        }

        return reply;
    }

    /// <summary>Whether a note is one of a night.</summary>
    public static bool IsNight(DueNote note) => note.Id.StartsWith("night-", StringComparison.Ordinal);

    private static DueNote Night(string tenant, DateTimeOffset at) => new(at, $"night-{tenant}", tenant, "");

    private static TimeSpan Offset(string tenant) =>
        TimeSpan.FromSeconds(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(tenant))) % (uint)Spread.TotalSeconds);
}
