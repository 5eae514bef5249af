using OrleansIdentity.Api.SignIn.SignOn;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.UsedIds;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Responses;

namespace OrleansIdentity.Api.SignIn.Saml;

/// <summary>Signs in whom a response of the tenant's identity provider names: validated, used once, and then by the one door of single sign-on.</summary>
internal sealed class SamlDoor(SignOnDoor door, GrainsOf<IUsedIdsGrain> used, TimeProvider time)
{
    /// <summary>The id of the refusal of an assertion that was used before.</summary>
    public const string Replayed = "saml-replayed";

    private const string Purpose = "saml-assertion";

    /// <summary>Decides about a response.</summary>
    /// <param name="saml">The call.</param>
    /// <param name="place">Where from.</param>
    /// <param name="response">The form field.</param>
    /// <param name="request">What this browser has outstanding; null for nothing.</param>
    public async Task<SignInOutcome> SignInAsync(SamlCall saml, SignInPlace place, string response, PendingRequest? request)
    {
        var (call, now) = (saml.Call, time.GetUtcNow());
        var idp = new SamlIdentityProvider(saml.Settings.EntityId, SamlTrust.From(saml.Settings), new SamlPolicy { AllowIdpInitiated = call.SignIn.IdpInitiated });
        if (!SamlResponseValidator.Validate(new SamlResponseInput(response), saml.Sp, idp, request, now).TryGet(out var identity, out var refusal))
        {
            return await RefuseAsync(saml, place, refusal.Id, refusal.Detail);
        }

        // Whatever becomes of it: who has seen it in a log or a proxy has nothing.
        if (!await used.Get(call.Tenant).TryUseAsync(Purpose, identity.AssertionId, identity.ReplayUntil).WaitAsync(call.Deadline))
        {
            return await RefuseAsync(saml, place, Replayed, "The assertion was used before.");
        }

        var person = SamlIdentities.Of(identity, saml.Settings);
        return person.IsMultiFactor && call.SignIn.RequireMultiFactor && identity.AuthnInstant + call.SignIn.SessionTimeout < now
            ? await RefuseAsync(saml, place, SignOnRefusals.SignInTooOld, null)
            : await door.BeginAsync(call, place, person);
    }

    /// <summary>Refuses a sign-in, with an event.</summary>
    public Task<SignInOutcome> RefuseAsync(SamlCall saml, SignInPlace place, string reason, string? detail) =>
        door.RefuseAsync(saml.Call, place, SignInMethods.Saml, reason, detail: detail);
}
