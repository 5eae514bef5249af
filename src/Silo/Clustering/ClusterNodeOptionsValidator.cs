using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OrleansIdentity.Silo.Clustering;

/// <summary>Refuses at start what could not work later.</summary>
internal sealed class ClusterNodeOptionsValidator : IValidateOptions<ClusterNodeOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterNodeOptions options)
    {
        var failures = new List<string>();
        Check(
            options.Mode == ClusterMode.Embedded || IsRedis(options.Redis),
            "Cluster:Redis is missing or cannot be read. Set it (environment: Cluster__Redis) to the Redis of the cluster, such as redis:6379, or redis:6380,ssl=true,password=...");
        Check(options.Id is { Length: > 0 }, "Cluster:Id must not be empty.");
        Check(
            options.AdvertisedAddress is null || IPAddress.TryParse(options.AdvertisedAddress, out _),
            $"Cluster:AdvertisedAddress '{options.AdvertisedAddress}' is no IP address. Set the address at which other processes reach this one, or leave it out.");
        Check(options.SiloPort is > 0 and < 65_536, "Cluster:SiloPort must be from 1 to 65535.");
        Check(options.GatewayPort is > 0 and < 65_536 && options.GatewayPort != options.SiloPort, "Cluster:GatewayPort must be from 1 to 65535, and not Cluster:SiloPort.");
        Check(options.DrainSeconds is >= 0 and <= 300, "Cluster:DrainSeconds must be from 0 to 300.");
        Check(
            options.GraceSeconds > options.DrainSeconds && options.GraceSeconds <= 600,
            "Cluster:GraceSeconds must be more than Cluster:DrainSeconds, and 600 at most.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(bool holds, string failure)
        {
            if (!holds)
            {
                failures.Add(failure);
            }
        }
    }

    private static bool IsRedis(string? connection)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(connection) && ConfigurationOptions.Parse(connection).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
