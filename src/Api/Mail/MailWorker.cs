using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Links;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Mail;

/// <summary>
/// Sends what is noted as due. A mail is sent, then its account told so, then the note removed: a process that dies before the account knows may lead to the
/// same mail again, with the same message id; one that dies after it does not.
/// </summary>
internal sealed partial class MailWorker(
    GrainsOf<IDueTimesGrain> dueTimes,
    GrainsOf<IUserGrain> users,
    DueInvitations invitations,
    LinkTokens tokens,
    TenantAddresses addresses,
    IMailTransport transport,
    IOptions<MailOptions> options,
    TimeProvider time,
    ILogger<MailWorker> logger) : BackgroundService
{
    private const int AtOnce = 20;
    private const int Connections = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly EventOrigin Origin = new("system", "mail", "");

    // A note is written before its link: one without a link may still get it until every deadline has passed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private IDueTimesGrain Notes => dueTimes.Get(IDueTimesGrain.Mail);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await TrySendSomeAsync(stoppingToken) < AtOnce)
            {
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> TrySendSomeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var taken = await Notes.TakeAsync(AtOnce);
            await Parallel.ForEachAsync(
                taken, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken }, async (note, _) => await TrySendAsync(note, cancellationToken));
            return taken.Length;
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            return 0;
        }
    }

    // One mail that cannot be sent keeps no other from it; it is due again when its two minutes are over.
    private async Task TrySendAsync(DueNote note, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(note, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotSent(note.Tenant, note.UserId, exception);
        }
    }

    private async Task SendAsync(DueNote note, CancellationToken cancellationToken)
    {
        var user = users.Get(GrainKeys.Resource(note.Tenant, note.UserId));
        var link = await FindAsync(user, note);
        if (link is null)
        {
            await invitations.MakeAsync(note);
            link = await FindAsync(user, note);
        }

        if (link is null && time.GetUtcNow() - note.At < Patience)
        {
            return;
        }

        if (link is { IsMailed: false })
        {
            var url = $"{addresses.Root(note.Tenant)}/users/password/{tokens.Write(note.Tenant, note.UserId, note.Id)}";
            if (LinkMail.Write(note.Tenant, link, url, options.Value.From) is { } message)
            {
                await transport.SendAsync(message, cancellationToken);
                await user.MarkMailedAsync(new MarkMailed(Origin, DateTimeOffset.MaxValue, note.Id));
            }
            else
            {
                LogNoAddress(note.Tenant, note.UserId);
            }
        }

        await Notes.RemoveAsync(note);
    }

    private static async Task<LinkView?> FindAsync(IUserGrain user, DueNote note) => (await user.ReadLinksAsync()).FirstOrDefault(one => one.Id == note.Id);

    [LoggerMessage(1, LogLevel.Warning, "Mails that are due could not be listed; it is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "A mail to user {UserId} of tenant {Tenant} could not be sent; it is tried again.")]
    private partial void LogNotSent(string tenant, string userId, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "User {UserId} of tenant {Tenant} has no e-mail address: nothing was sent.")]
    private partial void LogNoAddress(string tenant, string userId);
}
