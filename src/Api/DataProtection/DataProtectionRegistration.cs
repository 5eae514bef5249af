using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;

namespace OrleansIdentity.Api.DataProtection;

/// <summary>Registers ASP.NET Data Protection with keys that all nodes share.</summary>
internal static class DataProtectionRegistration
{
    public static IServiceCollection AddSharedDataProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("OrleansIdentity");
        services.AddOptions<KeyManagementOptions>().Configure<IGrainFactory, IOptions<SecretsOptions>>((keys, grains, secrets) =>
        {
            keys.XmlRepository = new KeyRing(grains);
            keys.XmlEncryptor = new KeyEncryption(secrets);
        });
        return services;
    }
}
