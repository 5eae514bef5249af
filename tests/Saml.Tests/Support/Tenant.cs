using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Responses;

namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>The tenant that all responses are for, unless a test says otherwise.</summary>
internal static class Tenant
{
    public const string IdpEntityId = "http://www.okta.com/exk1fcia6d6EMsf331d8";
    public const string User = "ada@example.com";
    public const string Password = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static SamlServiceProvider Sp { get; } = new("https://acme.example.com/saml/metadata", "https://acme.example.com/saml/acs");

    public static PendingRequest Request { get; } = new("_request", Now.AddMinutes(-1), ForceAuthn: false, []);
}
