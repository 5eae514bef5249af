using OrleansIdentity.Api.Standard.Inbox;
using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Api.Standard.People;
using OrleansIdentity.Api.Standard.Runs;
using OrleansIdentity.Api.Webhooks;

namespace OrleansIdentity.Api.Standard;

/// <summary>Registers provisioning by Standard: the receiver of event hooks, and the workers that read people again and compare all of them at night.</summary>
internal static class StandardServices
{
    public static IServiceCollection AddStandardProvisioning(this IServiceCollection services)
    {
        services.AddSingleton<CredentialBox>().AddSingleton<TenantOrgs>().AddSingleton<PersonReader>().AddSingleton<PersonApplier>();
        services.AddSingleton<InboxNotes>().AddSingleton<InboxDrain>();
        services.AddSingleton<NightSchedule>().AddSingleton<PageSync>().AddSingleton<AbsentSync>().AddSingleton<RunWalker>();
        services.AddSingleton<HookMetrics>().AddSingleton<HookEndpoint>();
        services.AddSingleton<SyncWorker>();
        services.AddHostedService<InboxWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<SyncWorker>());
        return services;
    }
}
