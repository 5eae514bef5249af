using System.ComponentModel.DataAnnotations;

namespace OrleansIdentity.Api.Hosting;

/// <summary>How tenants are found in addresses; section <c>Tenancy</c>.</summary>
public sealed class TenancyOptions
{
    /// <summary>Tenants are sub-domains of this name: <c>https://acme.&lt;base domain&gt;/</c>.</summary>
    [Required(ErrorMessage = "Tenancy:BaseDomain must be a host name, such as id.example.com.")]
    public string BaseDomain { get; set; } = "localhost";
}
