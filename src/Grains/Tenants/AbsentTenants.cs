namespace OrleansIdentity.Grains.Tenants;

/// <summary>
/// Limits how many activations a silo keeps for tenants that do not exist. Kept ones answer a stranger in the time that an existing tenant
/// takes, so that time does not tell who is a customer; beyond the limit they are dropped at once, so that made-up names cannot fill the memory.
/// </summary>
internal sealed class AbsentTenants
{
    private const int Limit = 1_000;

    private int _kept;

    /// <summary>Takes a place; false when there is none left.</summary>
    public bool TryKeep()
    {
        if (Interlocked.Increment(ref _kept) <= Limit)
        {
            return true;
        }

        Interlocked.Decrement(ref _kept);
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Release() => Interlocked.Decrement(ref _kept);
}
