using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Applications;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Applications;

/// <summary>Keeps an application's record; authenticates from memory.</summary>
[GrainType("application")]
internal sealed class ApplicationGrain : Grain, IApplicationGrain
{
    private const int MaxNameLength = 100;

    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    private readonly PublishedRecord<ApplicationState> _application;
    private readonly TimeProvider _time;

    public ApplicationGrain(RecordAccess access, TimeProvider time)
    {
        var key = new RecordKey(RecordKey.SystemTenant, RecordKinds.Application, this.GetPrimaryKeyString());
        _application = new PublishedRecord<ApplicationState>(access, key, ApplicationState.From);
        _time = time;
    }

    public async Task<Refusal?> CreateAsync(CreateApplication command)
    {
        if (command.Name.Length is 0 or > MaxNameLength)
        {
            return new Refusal(400, "application-name-invalid", $"A name has 1 to {MaxNameLength} characters. Choose another one.");
        }

        await _application.EnsureKnownAsync();
        var now = _time.GetUtcNow();
        var state = new ApplicationState(command.Name, command.SecretHash, now);
        var created = new AttributeChange("name", null, JsonValue.Create(command.Name));
        var outcome = await _application.PutAsync(state, state.ToDocument(), [], Event(EventTypes.ApplicationCreated, now, command.Origin, created), Guid.CreateVersion7(now));
        return outcome is CommitOutcome.Committed ? null : new Refusal(409, "application-exists", "There is an application with this client id already. Try again.");
    }

    public async Task<bool> AuthenticateAsync(byte[] secretHash)
    {
        await _application.EnsureKnownAsync();
        var state = _application.Value;
        if (state is null)
        {
            // Anybody can make up client ids: they must not fill the memory.
            DeactivateOnIdle();
        }

        return CryptographicOperations.FixedTimeEquals(secretHash, state?.SecretHash ?? NoHash) && state is not null;
    }

    public async Task<Refusal?> DeleteAsync(EventOrigin origin)
    {
        await _application.EnsureKnownAsync();
        if (_application.Value is not { } state)
        {
            DeactivateOnIdle();
            return new Refusal(404, "application-unknown", "There is no such application. List the applications to see which there are.");
        }

        var now = _time.GetUtcNow();
        var deleted = new AttributeChange("name", JsonValue.Create(state.Name), null);
        await _application.DeleteAsync(Event(EventTypes.ApplicationDeleted, now, origin, deleted), Guid.CreateVersion7(now));

        // Revoked is revoked on every node.
        await _application.SettledAsync();
        DeactivateOnIdle();
        return null;
    }

    private EventData Event(string type, DateTimeOffset now, EventOrigin origin, AttributeChange change) =>
        new(type, now, RecordKinds.Application, _application.Key.Id, _application.Version + 1, origin, EventChanges.Of([change]));
}
