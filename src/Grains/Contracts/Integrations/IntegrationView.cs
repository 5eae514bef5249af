using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Grains.Contracts.Integrations;

/// <summary>A tenant's settings of the Okta integration, in sections. Secrets are in it sealed, for the doors that use them: no answer shows them.</summary>
/// <param name="Version">The version of the tenant's record: the settings' entity tag.</param>
/// <param name="IsEnabled">Whether the vendor has enabled the integration. While not, nobody sees any of this.</param>
/// <param name="Policy">How one signs in.</param>
/// <param name="Sso">Single sign-on.</param>
[GenerateSerializer, Immutable, Alias("IntegrationView")]
public sealed record IntegrationView(
    [property: Id(0)] long Version, [property: Id(1)] bool IsEnabled, [property: Id(2)] SignInSettings Policy, [property: Id(3)] SsoSettings Sso);
