using System.Collections.Frozen;
using OrleansIdentity.Api.SignIn.Pages;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.SignIn;

namespace OrleansIdentity.Api.SignIn.SignOn;

/// <summary>What a person is told whom single sign-on does not let in, for each reason. The reason's id is on the page, so that an admin finds it in the log and in the manual.</summary>
internal static class SignOnRefusals
{
    /// <summary>The provider did not answer, or not what it should.</summary>
    public const string ProviderUnavailable = "provider-unavailable";

    /// <summary>The provider does not let this person use the application.</summary>
    public const string AccessDenied = "access-denied";

    /// <summary>The provider could not ask for the factors that the tenant demands.</summary>
    public const string FactorsUnmet = "factors-unmet";

    /// <summary>The sign-in at the provider was longer ago than a session may rest.</summary>
    public const string SignInTooOld = "sign-in-too-old";

    /// <summary>The answer belongs to no sign-in that this browser has begun here.</summary>
    public const string StateInvalid = "state-invalid";

    /// <summary>The provider named an error of its own.</summary>
    public const string ProviderError = "provider-error";

    /// <summary>The provider does not take the client's secret.</summary>
    public const string ClientRefused = "client-refused";

    /// <summary>The code was used before, has expired, or is another client's.</summary>
    public const string CodeRefused = "code-refused";

    /// <summary>The ID token is not what it should be.</summary>
    public const string TokenInvalid = "token-invalid";

    /// <summary>The request to begin names another issuer than the tenant's.</summary>
    public const string IssuerMismatch = "issuer-mismatch";

    private const string AskAdmin = "Ask your administrator, and tell them the reference below.";

    // A session at the provider stands in the way: it is too old, or was begun with one factor.
    private static readonly FrozenSet<string> Afresh = FrozenSet.Create(SignInTooOld, FactorsUnmet, SignInReasons.MultiFactorRequired, "saml-authn-too-old", "saml-authn-context");

    private static readonly FrozenDictionary<string, Refusal> All = new Refusal[]
    {
        new(403, SignInReasons.UnknownUser, $"You have signed in to your company, but there is no account for you here yet. {AskAdmin}"),
        new(403, SignInReasons.OktaIdAmbiguous, $"Two accounts here belong to you. {AskAdmin}"),
        new(403, SignInReasons.EmailAmbiguous, $"Several accounts here have your e-mail address. {AskAdmin}"),
        new(403, SignInReasons.LinkedToAnother, $"The account with your e-mail address belongs to somebody else at your company. {AskAdmin}"),
        new(403, SignInReasons.OktaIdMissing, $"Your company's sign-in did not say who exactly you are. {AskAdmin}"),
        new(403, SignInReasons.LinkByHand, "The account of an owner or admin is connected by hand before its first single sign-on. Ask another owner or admin to do it in Settings, Integrations, Okta."),
        new(403, SignInReasons.NotInvited, $"Your account is there, but nobody has invited you yet. {AskAdmin}"),
        new(403, SignInReasons.MultiFactorRequired, "This application needs a second factor, such as a code or a fingerprint, and your company's sign-in did not ask for one. Ask your administrator to demand it for this application in Okta."),
        new(403, "account-deactivated", $"Your account is deactivated. {AskAdmin}"),
        new(403, AccessDenied, "Your company has not given you this application. Ask your administrator to assign it to you in Okta."),
        new(403, FactorsUnmet, "Your company's sign-in could not ask you for a second factor. Set one up there, then try again."),
        new(403, SignInTooOld, "You signed in to your company too long ago. Sign in there again."),
        new(400, StateInvalid, "This sign-in was begun somewhere else, too long ago, or is over. Start again."),
        new(403, IssuerMismatch, "This sign-in came from another company than the one that this address belongs to. Start again from here."),
        new(502, ProviderError, $"Your company's sign-in answered with an error. Try again. If it stays so: {AskAdmin}"),
        new(502, ClientRefused, $"Your company's sign-in does not accept this application: its client secret may have been changed. {AskAdmin}"),
        new(502, CodeRefused, "Your company's sign-in did not confirm this. Start again."),
        new(502, TokenInvalid, $"Your company's sign-in said something that cannot be believed. {AskAdmin}"),
        new(502, ProviderUnavailable, "Your company's sign-in does not answer right now. Try again in a moment."),
        new(403, "saml-status", "Your company's sign-in did not let you through. Ask your administrator to assign this application to you in Okta."),
        new(403, "saml-idp-initiated", "Here a sign-in cannot begin at Okta. Go back to signing in, and begin there."),
        new(400, "saml-in-response-to", "This sign-in was begun somewhere else, too long ago, or is over. Start again."),
        new(400, "saml-replayed", "This sign-in was used before. Start again."),
        new(400, "saml-expired", "This sign-in is over. Start again."),
        new(400, "saml-subject-expired", "This sign-in is over. Start again."),
        new(400, "saml-session-expired", "Your session at your company is over. Start again."),
        new(403, "saml-authn-too-old", "You signed in to your company too long ago. Sign in there again."),
        new(403, "saml-authn-context", "This application needs a second factor, such as a code or a fingerprint, and your company's sign-in did not ask for one. Ask your administrator to demand it for this application in Okta."),
    }.ToFrozenDictionary(refusal => refusal.Id);

    /// <summary>What is said for a reason.</summary>
    public static Refusal Of(string reason) => All.GetValueOrDefault(reason)
        ?? (reason.StartsWith("saml-", StringComparison.Ordinal)
            ? new Refusal(403, reason, $"Your company's sign-in sent something that cannot be accepted. {AskAdmin}")
            : null)
        ?? new Refusal(403, reason, $"You cannot be signed in. {AskAdmin}");

    /// <summary>The page that says it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="refusal">What is said.</param>
    /// <param name="startPath">Where a sign-in of this kind begins, below the tenant's root: for those who are helped by being asked for everything again.</param>
    public static IResult Page(HttpContext http, Refusal refusal, string startPath)
    {
        var root = TenantCall.Of(http).RootPath;
        return new Page(refusal.Status, root, "You are not signed in", SignInForms.Refused(root, refusal.Detail, refusal.Id, Afresh.Contains(refusal.Id) ? startPath : null));
    }
}
