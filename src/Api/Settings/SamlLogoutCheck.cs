using Microsoft.Extensions.Options;
using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Okta;
using OrleansIdentity.Okta.Outbound;

namespace OrleansIdentity.Api.Settings;

/// <summary>Asks the org that is to be allowed to end sessions for its keys, before it is saved.</summary>
internal sealed class SamlLogoutCheck(Providers providers, IOptions<OktaOptions> options)
{
    private const int MaxAppId = 100;

    /// <summary>What was entered, as it is stored; or why it cannot be.</summary>
    public async Task<(SamlLogoutSettings? Logout, Refusal? Refused)> ReadAsync(string tenant, SamlLogout? wanted, CancellationToken deadline)
    {
        if (wanted is null)
        {
            return (null, null);
        }

        if (!OutboundUrl.Parse(wanted.OrgUrl, options.Value.AllowLoopback).TryGet(out var url, out var failure) || url.PathAndQuery != "/")
        {
            return (null, new Refusal(422, "saml-logout-org", $"{failure?.Describe().Message ?? "The org's address has no path."} Nothing was changed. Give it as in https://acme.okta.com."));
        }

        if (wanted.AppId.Length is 0 or > MaxAppId || !wanted.AppId.All(char.IsAsciiLetterOrDigit))
        {
            return (null, new Refusal(422, "saml-logout-app", "This is no id of an app in Okta. Nothing was changed. It begins with 0oa, and is in the address of the app's page."));
        }

        var org = url.GetLeftPart(UriPartial.Authority);
        try
        {
            await providers.ForApp(tenant, org, wanted.AppId).ReadAsync(deadline);
            return (new SamlLogoutSettings(org, wanted.AppId), null);
        }
        catch (ProviderException exception)
        {
            return (null, new Refusal(422, "saml-logout-org", $"The org does not tell its keys: {exception.Message} Nothing was changed."));
        }
    }
}
