using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;

namespace OrleansIdentity.Silo.Storage.AzureTables;

/// <summary>Lets a silo keep its data in Azure Storage.</summary>
public static class AzureStorageHosting
{
    /// <summary>Adds the store port and the default grain storage over the account in section <see cref="AzureStorageOptions.Section"/>. Call it before the silo's own services are added.</summary>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services)
    {
        services.AddOptions<AzureStorageOptions>().BindConfiguration(AzureStorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AzureStorageOptions>, AzureStorageOptionsValidation>();
        services.AddSingleton<AzureStoreHost>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<AzureStoreHost>());
        services.AddSingleton<IDirectoryStore>(provider => provider.GetRequiredService<AzureStoreHost>().Store);
        services.AddKeyedSingleton<IGrainStorage>(
            Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) => provider.GetRequiredService<AzureStoreHost>().OpenGrainState());
        return services;
    }
}
