using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Standard.Joins;

/// <summary>Joins people of Okta to users: on the Okta id, then on the e-mail address. Pure.</summary>
internal static class JoinRules
{
    /// <summary>The keys that name a person by its Okta id.</summary>
    public static IndexKey[] ByOktaId(JoinRequest person) => [new("externalId", person.OktaId, Unique: true), AccountKeys.OktaId(person.OktaId)];

    /// <summary>The keys that name a person by its address.</summary>
    public static IndexKey[] ByEmail(JoinRequest person)
    {
        string?[] names = [person.Email, person.UserName];
        return
        [
            .. names.OfType<string>().Where(name => name.Length <= IndexKey.MaxLength).Select(CaseFolding.Fold).Distinct(StringComparer.Ordinal)
                .SelectMany(name => (IndexKey[])[new("userName", name, Unique: true), new("emails.value", name, Unique: false)]),
        ];
    }

    /// <summary>Who it is.</summary>
    /// <param name="byOktaId">Who holds the keys of <see cref="ByOktaId"/>.</param>
    /// <param name="byEmail">Who holds the keys of <see cref="ByEmail"/>.</param>
    public static Joined Decide(IEnumerable<KeyHolders> byOktaId, IEnumerable<KeyHolders> byEmail) =>
        Ids(byOktaId) switch
        {
            [var one] => new Joined(JoinedBy.OktaId, one),
            [_, ..] => new Joined(JoinedBy.Ambiguous, null),
            _ => Ids(byEmail) switch
            {
                [] => new Joined(JoinedBy.Nothing, null),
                [var one] => new Joined(JoinedBy.Email, one),
                _ => new Joined(JoinedBy.Ambiguous, null),
            },
        };

    private static string[] Ids(IEnumerable<KeyHolders> holders) => [.. holders.SelectMany(holder => holder.Ids).Distinct(StringComparer.Ordinal).Take(2)];
}
