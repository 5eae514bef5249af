using System.Text.Json.Serialization;

namespace OrleansIdentity.Okta.Apps;

/// <summary>An app instance.</summary>
/// <param name="Id">Okta's id (<c>0oa…</c>).</param>
public sealed record OktaApp([property: JsonRequired] string Id)
{
    /// <summary>The kind of app, such as <c>oidc_client</c> or the key of a catalogue app.</summary>
    public string? Name { get; init; }

    /// <summary>What the admin called it.</summary>
    public string? Label { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Such as <c>OPENID_CONNECT</c> or <c>SAML_2_0</c>.</summary>
    public string? SignOnMode { get; init; }

    /// <summary>What provisioning does, such as <c>PUSH_NEW_USERS</c>; empty without provisioning.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];
}
