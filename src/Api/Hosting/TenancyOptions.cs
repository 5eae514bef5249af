using System.ComponentModel.DataAnnotations;

namespace OrleansIdentity.Api.Hosting;

/// <summary>How tenants are found in addresses; section <c>Tenancy</c>.</summary>
public sealed class TenancyOptions
{
    /// <summary>Tenants are sub-domains of this name: <c>https://acme.&lt;base domain&gt;/</c>.</summary>
    [Required(ErrorMessage = "Tenancy:BaseDomain must be a host name, such as id.example.com.")]
    public string BaseDomain { get; set; } = "localhost";

    /// <summary>
    /// A tenant's root in links of mails, with <c>{tenant}</c> for its slug; null for <c>https://{tenant}.</c> and the base domain, in Development for the address that the
    /// process listens at.
    /// </summary>
    [RegularExpression("https?://.*\\{tenant\\}.*", ErrorMessage = "Tenancy:PublicUrl must be an address with {tenant} in it, such as https://{tenant}.id.example.com.")]
    public string? PublicUrl { get; set; }
}
