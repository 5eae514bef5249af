using OrleansIdentity.Grains.Contracts.SignIn;

namespace OrleansIdentity.Grains.SignIn;

/// <summary>Thin shell around <see cref="AttemptTable"/>.</summary>
[GrainType("sign-in-throttle")]
internal sealed class SignInThrottleGrain : Grain, ISignInThrottleGrain
{
    private const int Capacity = 10_000;

    // Many people share an address; few failures are one person's.
    private static readonly AttemptLimits OfAddresses = new(Free: 30, TimeSpan.FromMinutes(15));
    private static readonly AttemptLimits OfAccounts = new(Free: 5, TimeSpan.FromMinutes(5));

    private readonly AttemptTable _attempts;
    private readonly TimeProvider _time;
    private readonly bool _isForAddresses;

    public SignInThrottleGrain(TimeProvider time)
    {
        _isForAddresses = this.GetPrimaryKeyString() == ISignInThrottleGrain.Addresses;
        _attempts = new AttemptTable(_isForAddresses ? OfAddresses : OfAccounts, Capacity);
        _time = time;
    }

    public Task<TimeSpan?> TryBeginAsync(string subject) => Task.FromResult(_attempts.TryBegin(subject, _time.GetUtcNow()));

    public Task SucceededAsync(string subject)
    {
        // An address that has one good account must not guess at others for free.
        if (_isForAddresses)
        {
            _attempts.GiveBack(subject, _time.GetUtcNow());
        }
        else
        {
            _attempts.Forget(subject);
        }

        return Task.CompletedTask;
    }
}
