using OrleansIdentity.Grains.Contracts.SignIn;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users.SignOns;

/// <summary>Decides whose account it is: rules.md, rule 5. By the Okta id first, then by e-mail. Who fits several is nobody. Pure.</summary>
internal static class SignOnMatching
{
    /// <summary>How many holders of a key it takes to see that there are several.</summary>
    public const int Holders = 2;

    /// <summary>The keys to look up: those of the Okta id, then those of the address.</summary>
    public static (IndexKey[] OfId, IndexKey[] OfEmail) Keys(string? oktaId, string? email) => (
        oktaId is { Length: > 0 and <= IndexKey.MaxLength } ? [new IndexKey("externalId", oktaId, Unique: true), AccountKeys.OktaId(oktaId)] : [],
        email is { Length: > 0 and <= IndexKey.MaxLength }
            ? [new IndexKey("userName", CaseFolding.Fold(email), Unique: true), new IndexKey("emails.value", CaseFolding.Fold(email), Unique: false)]
            : []);

    /// <summary>Decides.</summary>
    /// <param name="byId">Who holds the keys of the Okta id.</param>
    /// <param name="byEmail">Who holds the keys of the address.</param>
    public static SignOnMatch Decide(IEnumerable<string> byId, IEnumerable<string> byEmail) =>
        (byId.Distinct(StringComparer.Ordinal).Take(Holders).ToArray(), byEmail.Distinct(StringComparer.Ordinal).Take(Holders).ToArray()) switch
        {
            ([var one], _) => new SignOnMatch(one, null),
            ([_, _], _) => new SignOnMatch(null, SignInReasons.OktaIdAmbiguous),
            (_, [var one]) => new SignOnMatch(one, null),
            (_, [_, _]) => new SignOnMatch(null, SignInReasons.EmailAmbiguous),
            _ => new SignOnMatch(null, SignInReasons.UnknownUser),
        };
}
