using System.Collections.Concurrent;
using System.Threading.Channels;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Api.Standard.Inbox;

/// <summary>
/// Says that a tenant's inbox is to be looked into: at once to this process, and by a note to whichever process lives then. A note covers what comes in during the
/// minute behind it, so that a delivery is one commit and not two.
/// </summary>
internal sealed class InboxNotes(GrainsOf<IDueTimesGrain> dueTimes, TimeProvider time)
{
    /// <summary>For how long after a note deliveries come in without one of their own.</summary>
    public static readonly TimeSpan Covers = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);
    private readonly Channel<string> _signals = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Tenants to look into now.</summary>
    public ChannelReader<string> Signals => _signals.Reader;

    /// <summary>Completes when there is a note that covers a delivery which comes in now. Before the delivery is kept.</summary>
    public async Task EnsureAsync(string tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_noted.TryGetValue(tenant, out var at) && now - at < Covers)
        {
            return;
        }

        await dueTimes.Get(IInboxGrain.Work).AddAsync(new DueNote(now, $"inbox-{tenant}", tenant, "")).WaitAsync(cancellationToken);
        _noted[tenant] = now;
    }

    /// <summary>Something has come in.</summary>
    public void Signal(string tenant) => _signals.Writer.TryWrite(tenant);
}
