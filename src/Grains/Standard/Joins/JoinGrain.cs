using Orleans.Concurrency;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;

namespace OrleansIdentity.Grains.Standard.Joins;

/// <summary>Two reads for any number of people: the first for those that are as they should be, the second for the others.</summary>
[GrainType("join"), Reentrant]
internal sealed class JoinGrain(IDirectoryStore store) : Grain, IJoinGrain
{
    public async Task<Joined[]> FindAsync(JoinRequest[] people, CancellationToken cancellationToken)
    {
        var found = new Joined?[people.Length];
        var compared = Enumerable.Range(0, people.Length).Where(index => people[index].Digest is not null).ToArray();
        var same = await HoldersAsync([.. compared.Select(index => AccountKeys.Synced(people[index].Digest!))], cancellationToken);
        for (var number = 0; number < compared.Length; number++)
        {
            found[compared[number]] = same[number].Ids is [var user] ? new Joined(JoinedBy.State, user) : null;
        }

        var others = Enumerable.Range(0, people.Length).Where(index => found[index] is null)
            .Select(index => (Index: index, OktaId: JoinRules.ByOktaId(people[index]), Email: JoinRules.ByEmail(people[index]))).ToArray();
        var holders = await HoldersAsync([.. others.SelectMany(other => (IndexKey[])[.. other.OktaId, .. other.Email])], cancellationToken);
        var next = 0;
        foreach (var (index, oktaId, email) in others)
        {
            found[index] = JoinRules.Decide(holders.Skip(next).Take(oktaId.Length), holders.Skip(next + oktaId.Length).Take(email.Length));
            next += oktaId.Length + email.Length;
        }

        return found!;
    }

    private async Task<IReadOnlyList<KeyHolders>> HoldersAsync(IndexKey[] keys, CancellationToken cancellationToken) => keys.Length == 0
        ? []
        : await store.FindHoldersAsync(this.GetPrimaryKeyString(), RecordKinds.User, keys, 2, cancellationToken);
}
