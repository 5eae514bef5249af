using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Api.SignIn.SignOn;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Saml;
using OrleansIdentity.Saml.Responses;

namespace OrleansIdentity.Api.SignIn.Saml;

/// <summary>Who an assertion is about, as far as sign-on asks. Pure.</summary>
internal static class SamlIdentities
{
    private const string Classes = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

    /// <summary>The contexts that only more than one factor gives, and one of which is asked for where the tenant demands that: Okta's, and REFEDS' for others.</summary>
    public static readonly IReadOnlyList<string> MultiFactorContexts = [MultiFactor.Asked, "phr", "phrh", "https://refeds.org/profile/mfa"];

    /// <summary>The person that is meant.</summary>
    public static SignOnIdentity Of(SamlIdentity identity, SamlSettings settings)
    {
        var isMultiFactor = identity.AuthnContextClassRef is { } context && MultiFactorContexts.Contains(context, StringComparer.Ordinal);
        return new SignOnIdentity(
            SignInMethods.Saml,
            settings.OktaIdAttribute is { } oktaId ? Single(identity, oktaId) : identity.NameId.Value,
            settings.EmailAttribute is { } email ? Single(identity, email) : Address(identity.NameId),
            isMultiFactor ? ["mfa"] : identity.AuthnContextClassRef is Classes + "PasswordProtectedTransport" or Classes + "Password" ? ["pwd"] : [],
            isMultiFactor,
            identity.SessionIndex);
    }

    // Several values would mean several people.
    private static string? Single(SamlIdentity identity, string name) => identity.Attributes.TryGetValue(name, out var values) && values is [{ Length: > 0 } one] ? one : null;

    private static string? Address(SamlNameId name) => name.Format == SamlNames.EmailNameId || name.Value.Contains('@', StringComparison.Ordinal) ? name.Value : null;
}
