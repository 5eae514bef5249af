namespace OrleansIdentity.Saml.Responses;

/// <summary>Who signed in, from what was signed and nothing else. All texts are as they were sent: nothing is trimmed or folded.</summary>
/// <param name="NameId">The name of the user.</param>
/// <param name="Attributes">The values of each attribute, by its name.</param>
/// <param name="SessionIndex">The session at the identity provider.</param>
/// <param name="SessionNotOnOrAfter">When the session here must end.</param>
/// <param name="AuthnInstant">When the user signed in at the identity provider.</param>
/// <param name="AuthnContextClassRef">How the user signed in.</param>
/// <param name="AssertionId">
/// The assertion's id. The caller must remember it, for the tenant, until <paramref name="ReplayUntil"/>, and refuse an assertion that it remembers: this is not
/// done here, and without it whoever sees a response can use it again.
/// </param>
/// <param name="ReplayUntil">From when on the assertion would be refused as expired.</param>
/// <param name="InResponseTo">The request that was answered; null if the sign-in was started at the identity provider, and then nothing that was asked for holds.</param>
public sealed record SamlIdentity(
    SamlNameId NameId,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes,
    string? SessionIndex,
    DateTimeOffset? SessionNotOnOrAfter,
    DateTimeOffset AuthnInstant,
    string? AuthnContextClassRef,
    string AssertionId,
    DateTimeOffset ReplayUntil,
    string? InResponseTo);

/// <summary>A name of a user (core §2.2.3).</summary>
/// <param name="Value">The name.</param>
/// <param name="Format">What kind of name it is; <see cref="SamlNames.UnspecifiedNameId"/> where nothing was stated.</param>
/// <param name="NameQualifier">Whose name it is.</param>
/// <param name="SpNameQualifier">For whom it is.</param>
public sealed record SamlNameId(string Value, string Format, string? NameQualifier, string? SpNameQualifier);
