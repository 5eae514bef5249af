using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Errors;

/// <summary>What can go wrong with an org, each with what to do about it.</summary>
internal static class OktaErrors
{
    public static OktaError TokenInvalid { get; } = new(
        "okta-token-invalid",
        "Okta does not accept the API token: it was revoked, was not used for 30 days, or the admin who made it was deactivated. Create a new one in Okta under Security > API > Tokens.");

    public static OktaError AuthenticationFailed { get; } = new(
        "okta-authentication-failed",
        "Okta does not accept the credential. Check that it belongs to this org, and that the network zone of the API token allows this product's addresses.");

    public static OktaError NotPermitted { get; } = new(
        "okta-not-permitted",
        "Okta does not permit this call. A service app needs the scope and an admin role (Read-only Administrator is enough); an API token needs an admin with that role as its maker.");

    public static OktaError NotAvailable { get; } = new(
        "okta-not-available",
        "Okta does not offer this call here: the feature is off in this org, or the credential's admin role does not include it.");

    public static OktaError RequestInvalid { get; } = new(
        "okta-request-invalid", "Okta does not understand the request. Check the app id and the org address; if they are right, report this.");

    public static OktaError CursorExpired { get; } = new(
        "okta-cursor-expired", "Okta no longer knows the place in the list at which it was left. The walk has to begin anew; it does so by itself at the next run.");

    public static OktaError ClientInvalid { get; } = new(
        "okta-client-invalid",
        "Okta does not accept the service app's client id with this key. Check the client id, that the app is active, that the public key with this key id is active in the app, and that this server's clock is right.");

    public static OktaError ScopeNotGranted { get; } = new(
        "okta-scope-not-granted",
        "The service app was not granted all scopes that it asks for. In Okta, open the app, tab 'Okta API Scopes', and grant okta.apps.read, okta.users.read, okta.groups.read and okta.logs.read.");

    public static OktaError DpopRefused { get; } = new(
        "okta-dpop-refused", "Okta does not accept the proof that came with the request (DPoP). Check this server's clock; if it is right, report this.");

    public static OktaError LoginWithSlash { get; } = new(
        "login-with-slash", "Okta finds a user whose login contains '/' by id only. Use the Okta user id.");

    public static OktaError IdInvalid { get; } = new("id-invalid", "This is not an id of Okta: it is empty, too long, or a path. Copy it from Okta.");

    public static OktaError ForeignCursor { get; } = new(
        "okta-cursor-foreign", "The list goes on at an address that is not this org's. It was not followed, since the credential would have gone there.");

    public static OktaError Redirected { get; } = new(
        "okta-redirected", "The address answers with a redirect, which is not followed. Give the org's own address, such as https://acme.okta.com.");

    public static OktaError ServerError { get; } = new("okta-server-error", "Okta has a problem of its own at the moment. It is tried again later; see status.okta.com.");

    public static OktaError BodyUnreadable { get; } = new(
        "okta-answer-unreadable", "The answer is not what Okta answers: it was cut off, or something else answers at this address. Check the org address.");

    public static OktaError BodyTooLarge { get; } = new("okta-answer-too-large", "The answer is larger than is read. Use smaller pages, or raise Okta:MaxResponseBytes.");

    public static OktaError PageWithoutLinks { get; } = new(
        "okta-page-without-links", "A page of the list came without its links, so that nobody knows whether it is the last. Something between this server and Okta removes them.");

    public static OktaError PageLoop { get; } = new("okta-page-loop", "The list leads back to a page that was read before. Nothing was concluded from it; if it happens again, report it to Okta.");

    public static OktaError AddressRefused { get; } = new(
        "okta-address-refused", "The host has no public address, so it was not called. Give the org's public address, such as https://acme.okta.com.");

    public static OktaError TimedOut { get; } = new("okta-timed-out", "Okta did not answer in time. It is tried again later; see status.okta.com.");

    public static OktaError NameUnknown { get; } = new("okta-name-unknown", "There is no host of this name. Check the org address for typing errors.");

    public static OktaError TlsFailed { get; } = new("okta-tls-failed", "The host has no certificate for this name that can be trusted. Check the org address.");

    public static OktaError ConnectFailed { get; } = new("okta-connect-failed", "No connection to the host. Check the org address, and that this server may reach the internet by https.");

    public static OktaError Unexpected(int status) => new("okta-unexpected-answer", $"The answer has status {status}, which Okta does not give here. Check the org address.");
}
