using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.SignIn;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Sessions;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.SignIn;

/// <summary>Writes an event for each failure while the budget lasts, then only counts, and writes the counts once a minute.</summary>
[GrainType("sign-in-log")]
internal sealed class SignInLogGrain : Grain, ISignInLogGrain
{
    private const int EventsPerMinute = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly IDirectoryStore _store;
    private readonly TimeProvider _time;
    private readonly EventBudget _budget;
    private readonly SortedDictionary<string, int> _counted = new(StringComparer.Ordinal);
    private IGrainTimer? _timer;

    public SignInLogGrain(IDirectoryStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
        _budget = new EventBudget(EventsPerMinute, time.GetUtcNow());
    }

    private string Tenant => this.GetPrimaryKeyString();

    public async Task RecordFailureAsync(FailedSignIn failure)
    {
        if (_budget.TryTake(_time.GetUtcNow()))
        {
            await WriteAsync(failure.Method == SignInMethods.UniversalLogout ? EventTypes.LogoutRefused : EventTypes.SignInFailed, failure.UserId ?? "unknown", new EventOrigin("sign-in", failure.UserId ?? "unknown", failure.CorrelationId),
            [
                new AttributeChange("signIn.result", null, JsonValue.Create("failed")),
                new AttributeChange("signIn.reason", null, JsonValue.Create(failure.Reason)),
                new AttributeChange("signIn.method", null, JsonValue.Create(failure.Method)),
                new AttributeChange("signIn.address", null, JsonValue.Create(SessionLifecycle.CleanAddress(failure.Place.Address))),
                new AttributeChange("signIn.userAgent", null, JsonValue.Create(SessionLifecycle.CleanUserAgent(failure.Place.UserAgent))),
                .. failure.Detail is { } detail ? [new AttributeChange("signIn.detail", null, JsonValue.Create(detail))] : Array.Empty<AttributeChange>(),
            ]);
            return;
        }

        _counted[failure.Reason] = _counted.GetValueOrDefault(failure.Reason) + 1;
        _timer ??= this.RegisterGrainTimer(WriteCountsAsync, new GrainTimerCreationOptions(Pause, Pause) { KeepAlive = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => WriteCountsAsync(cancellationToken);

    private async Task WriteCountsAsync(CancellationToken cancellationToken)
    {
        if (_counted.Count == 0)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }

        var changes = _counted.Select(one => new AttributeChange($"signIn.failures.{one.Key}", null, JsonValue.Create(one.Value))).ToArray();
        _counted.Clear();
        await WriteAsync(EventTypes.SignInFailuresCounted, "unknown", new EventOrigin("sign-in", "many", ""), changes);
    }

    private async Task WriteAsync(string type, string subject, EventOrigin origin, AttributeChange[] changes)
    {
        var now = _time.GetUtcNow();
        var data = new EventData(type, now, RecordKinds.SignIn, subject, 0, origin, EventChanges.Of(changes));
        await _store.CommitAsync(new Commit(Guid.CreateVersion7(now), Tenant, null, data));
    }
}
