using System.Text;
using OrleansIdentity.Saml.Certificates;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Responses;

namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>A response and all that it is held against.</summary>
internal sealed record SamlCase(string Response)
{
    public SamlServiceProvider Sp { get; init; } = Tenant.Sp;

    public string IdpEntityId { get; init; } = Tenant.IdpEntityId;

    public SigningCertificates Certificates { get; init; } = TestKey.Trusting(TestKey.Idp);

    public SamlPolicy Policy { get; init; } = new();

    public PendingRequest? Request { get; init; } = Tenant.Request;

    public DateTimeOffset Now { get; init; } = Tenant.Now;

    /// <summary>The XML itself, or what a test makes of it, as it is posted.</summary>
    public static SamlCase Of(string xml) => Of(Encoding.UTF8.GetBytes(xml));

    public static SamlCase Of(byte[] bytes) => new(Convert.ToBase64String(bytes));

    public string ToXml() => Encoding.UTF8.GetString(Convert.FromBase64String(Response));

    /// <summary>The same with another document.</summary>
    public SamlCase With(Func<string, string> edit) => this with { Response = Of(edit(ToXml())).Response };

    public SamlOutcome<SamlIdentity> Validate() => SamlResponseValidator.Validate(
        new SamlResponseInput(Response), Sp, new SamlIdentityProvider(IdpEntityId, Certificates, Policy), Request, Now);
}
