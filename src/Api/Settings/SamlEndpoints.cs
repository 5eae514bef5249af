using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.SignIn.Saml;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Saml.Certificates;
using OrleansIdentity.Saml.Metadata;
using OrleansIdentity.Saml.Refusals;

namespace OrleansIdentity.Api.Settings;

/// <summary>SAML: set up from metadata, rotate and remove certificates. That it is used is said by the method of single sign-on.</summary>
internal static class SamlEndpoints
{
    private const int MaxGraceHours = 720;
    private const int MaxAttribute = 200;

    // A metadata document of the largest size that is read, as a JSON string.
    private const int MaxBody = 1024 * 1024;

    public static void MapSaml(this RouteGroupBuilder group)
    {
        group.MapPut("/saml", SetAsync).WithSummary("Set the SAML app up from its metadata, or change what is set; single sign-on uses it when its method is 'saml'")
            .WithMetadata(new TenantApi.TenantApiRoutes.BodyLimit(MaxBody))
            .Accepts<SamlChange>("application/json").Produces<OktaSettings>().ProducesProblem(400).ProducesProblem(412).ProducesProblem(415).ProducesProblem(422);
        group.MapPost("/saml/certificates", RotateAsync).WithSummary("Make another certificate the current one; the one before is accepted for the grace period still")
            .Accepts<SamlRotation>("application/json").Produces<OktaSettings>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(412).ProducesProblem(415).ProducesProblem(422);
        group.MapDelete("/saml/certificates/{thumbprint}", RemoveAsync).WithSummary("Remove a certificate that Okta no longer signs with")
            .Produces<OktaSettings>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    private static async Task<IResult> SetAsync(HttpContext http, SamlMetadataSource source, SamlLogoutCheck logoutCheck, RequestKeys keys, TimeProvider time)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<SamlChange>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        var current = call.Settings.Sso.Saml;
        if (Complaint(wanted!, current) is { } complaint)
        {
            return Problem.From(complaint);
        }

        var (entity, invalid) = await ReadAsync(wanted!, source, time.GetUtcNow(), call.Call.Deadline);
        if (invalid is not null)
        {
            return Problem.From(invalid);
        }

        var (logout, disagreed) = await logoutCheck.ReadAsync(call.Call.Tenant, wanted!.Logout, call.Call.Deadline);
        if (disagreed is not null)
        {
            return Problem.From(disagreed);
        }

        var saml = entity is null
            ? current!
            : new SamlSettings(
                entity.EntityId, entity.RedirectUrl!, SamlTrust.ToSettings(entity.Certificates), wanted.MetadataUrl?.Trim(), null, null,
                current?.RequestSigning ?? keys.Make(call.Call.Tenant));
        return await call.ChangeAsync(http, new SetSaml(call.Origin, call.Settings.Version, saml with
        {
            OktaIdAttribute = wanted.OktaIdAttribute, EmailAttribute = wanted.EmailAttribute, Logout = logout,
        }));
    }

    private static async Task<IResult> RotateAsync(HttpContext http, TimeProvider time)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<SamlRotation>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        if (call.Settings.Sso.Saml is not { } saml)
        {
            return Problem.From(NotSetUp);
        }

        if (wanted!.GraceHours is < 0 or > MaxGraceHours)
        {
            return Problem.From(400, "saml-grace-invalid", $"'graceHours' is from 0 to {MaxGraceHours}. Nothing was changed.");
        }

        var now = time.GetUtcNow();
        if (!SamlCertificate.Parse(wanted.Certificate).TryGet(out var next, out var refusal))
        {
            return Problem.From(Entered(refusal));
        }

        if (!next.IsValidAt(now))
        {
            return Problem.From(OutOfDate);
        }

        return SamlTrust.From(saml).Rotate(next, now, TimeSpan.FromHours(wanted.GraceHours)).TryGet(out var certificates, out refusal)
            ? await call.ChangeAsync(http, new SetSaml(call.Origin, call.Settings.Version, saml with { Certificates = SamlTrust.ToSettings(certificates) }))
            : Problem.From(Entered(refusal) with { Status = 409 });
    }

    private static async Task<IResult> RemoveAsync(string thumbprint, HttpContext http)
    {
        var call = SettingsCall.Of(http);
        return call.Settings.Sso.Saml is not { } saml || saml.Certificates.All(one => one.Thumbprint != thumbprint)
            ? Problem.From(404, "saml-certificate-unknown", "There is no certificate with this thumbprint. Read the settings to see which there are.")
            : saml.Certificates is [_]
                ? Problem.From(409, "saml-certificate-last", "This is the only certificate. Nothing was changed. Add the new one first.")
                : await call.ChangeAsync(http, new SetSaml(
                    call.Origin, call.Settings.Version, saml with { Certificates = [.. saml.Certificates.Where(one => one.Thumbprint != thumbprint)] }));
    }

    private static Refusal NotSetUp { get; } = new(400, "saml-not-set-up", "SAML is not set up. Nothing was changed. Send 'metadata' or 'metadataUrl' of the app in Okta first.");

    private static Refusal OutOfDate { get; } = new(
        422, "saml-certificate-expired", "No certificate of this is valid today. Nothing was changed. Make a new one in the Okta app, and copy it anew.");

    private static Refusal? Complaint(SamlChange wanted, SamlSettings? current) =>
        wanted is { Metadata: not null, MetadataUrl: not null } ? new Refusal(400, "saml-metadata-twice", "Send 'metadata' or 'metadataUrl', not both. Nothing was changed.")
        : wanted is { Metadata: null, MetadataUrl: null } && current is null ? NotSetUp
        : IsName(wanted.OktaIdAttribute) && IsName(wanted.EmailAttribute) ? null
        : new Refusal(400, "saml-attribute-name", $"The name of an attribute statement has 1 to {MaxAttribute} characters without line breaks. Nothing was changed.");

    private static bool IsName(string? name) => name is null || (name.Length is > 0 and <= MaxAttribute && !name.Any(char.IsControl));

    private static async Task<(IdentityProviderMetadata? Entity, Refusal? Refused)> ReadAsync(
        SamlChange wanted, SamlMetadataSource source, DateTimeOffset now, CancellationToken deadline)
    {
        if (wanted is { Metadata: null, MetadataUrl: null })
        {
            return (null, null);
        }

        var (xml, unreachable) = wanted.MetadataUrl is { } url ? await source.FetchAsync(url, deadline) : (wanted.Metadata, null);
        return unreachable is not null ? (null, unreachable)
            : !IdentityProviderMetadata.Import(xml!, now).TryGet(out var entity, out var refusal) ? (null, Entered(refusal))
            : entity.RedirectUrl is null ? (null, new Refusal(422, "saml-metadata-endpoint", "The metadata names no address for HTTP-Redirect. Nothing was changed. Use the metadata of the Okta app."))
            : entity.Certificates.LiveAt(now).Any(one => one.IsValidAt(now)) ? (entity, null)
            : (null, OutOfDate);
    }

    private static Refusal Entered(SamlRefusal refusal) => new(422, refusal.Id, $"{refusal.Detail} Nothing was changed.");
}
