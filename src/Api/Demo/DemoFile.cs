using System.Text.Json;

namespace OrleansIdentity.Api.Demo;

/// <summary>What <c>demo.json</c> holds: everything that it takes to try the demo tenant.</summary>
/// <param name="BaseUrl">Where the product listens.</param>
/// <param name="Tenant">The demo tenant's slug.</param>
/// <param name="ScimBaseUrl">What one would paste into Okta as SCIM base URL.</param>
/// <param name="ScimToken">What one would paste into Okta as bearer token.</param>
/// <param name="OperatorKey">The key of the operator API.</param>
internal sealed record DemoFile(string BaseUrl, string Tenant, string ScimBaseUrl, string ScimToken, string OperatorKey)
{
    /// <summary>The e-mail address that the tenant's owner signs in with.</summary>
    public string? OwnerEmail { get; init; }

    /// <summary>The owner's password.</summary>
    public string? OwnerPassword { get; init; }

    /// <summary>What one would set as <c>Authorization</c> header of an event hook in Okta.</summary>
    public string? HookSecret { get; init; }

    private static readonly JsonSerializerOptions Format = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <summary>Makes it for a tenant that is reached by path, which works wherever the product listens.</summary>
    public static DemoFile For(string baseUrl, string slug, string scimPath, string token, string operatorKey) =>
        new(baseUrl, slug, $"{baseUrl}/t/{slug}{scimPath}", token, operatorKey);

    /// <summary>Reads the file's content.</summary>
    public static DemoFile? Read(byte[] json) => JsonSerializer.Deserialize<DemoFile>(json, Format);

    /// <summary>The file's content.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Format);

    /// <summary>What the first start prints.</summary>
    /// <param name="path">Where the file is.</param>
    public string Welcome(string path) =>
        $"""

        The demo tenant '{Tenant}' is ready. This is shown once, and kept in {path}.

          SCIM base URL   {ScimBaseUrl}
          Bearer token    {ScimToken}
          Hook secret     {HookSecret}
          Operator key    {OperatorKey}
          Owner           {OwnerEmail}
          Password        {OwnerPassword}

        Sign in as the owner at {BaseUrl}/t/{Tenant}/users/sign_in. Three things to try in another terminal:

          # Okta's connection test
          curl -H "Authorization: Bearer {ScimToken}" "{ScimBaseUrl}/Users?startIndex=1&count=2"

          # a whole Okta org: create, change, deactivate, reactivate, verify
          dotnet run --project tests/OktaSimulator -- provision

          # what happened, as the vendor's operator sees it
          curl -H "Authorization: Bearer {OperatorKey}" "{BaseUrl}/operator/v1/tenants/{Tenant}/events?count=5"

        """;
}
