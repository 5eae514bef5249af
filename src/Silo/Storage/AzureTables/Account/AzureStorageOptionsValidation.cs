using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;

namespace OrleansIdentity.Silo.Storage.AzureTables.Account;

/// <summary>Refuses a configuration that cannot work, with a sentence for each mistake that says what to set.</summary>
internal sealed partial class AzureStorageOptionsValidation : IValidateOptions<AzureStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, AzureStorageOptions options)
    {
        var mistakes = Mistakes(options).Select(mistake => $"{AzureStorageOptions.Section}:{mistake}").ToArray();
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(AzureStorageOptions options)
    {
        var hasEndpoints = options.TableEndpoint is not null || options.BlobEndpoint is not null;
        if (options.ConnectionString is null && !hasEndpoints)
        {
            yield return "ConnectionString is missing. Set it, or set TableEndpoint and BlobEndpoint to sign in with the identity of the process.";
        }

        if (options.ConnectionString is not null && hasEndpoints)
        {
            yield return "ConnectionString and endpoints are both set. Set one or the other.";
        }

        if (options.ConnectionString is { } connection && !IsConnectionString(connection))
        {
            yield return "ConnectionString cannot be read. Copy it whole, from the account's access keys.";
        }

        if (hasEndpoints && (options.TableEndpoint is null || options.BlobEndpoint is null))
        {
            yield return "TableEndpoint and BlobEndpoint belong together: set both.";
        }

        // The identity's tokens must not travel in clear text.
        if (IsInsecure(options.TableEndpoint) || IsInsecure(options.BlobEndpoint))
        {
            yield return "TableEndpoint and BlobEndpoint must be absolute https addresses.";
        }

        if (!TableName().IsMatch(options.TableName))
        {
            yield return $"TableName '{options.TableName}' is not 3 to 63 letters and digits that begin with a letter.";
        }

        if (!TableName().IsMatch(options.GrainStateTableName) || options.GrainStateTableName == options.TableName)
        {
            yield return $"GrainStateTableName '{options.GrainStateTableName}' is not 3 to 63 letters and digits that begin with a letter, or is TableName.";
        }

        if (!ContainerName().IsMatch(options.ContainerName))
        {
            yield return $"ContainerName '{options.ContainerName}' is not 3 to 63 lower-case letters, digits and single hyphens between them.";
        }

        if (options.MaxQueued < 1 || options.SnapshotEvery < 1 || options.ScanLanes < 1 || options.MaxAttempts < 1 || options.RequestTimeoutSeconds < 1)
        {
            yield return "MaxQueued, SnapshotEvery, ScanLanes, MaxAttempts and RequestTimeoutSeconds must be 1 or more.";
        }
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new TableServiceClient(text) is not null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsInsecure(Uri? endpoint) => endpoint is { IsAbsoluteUri: false } or { Scheme: not "https" };

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TableName();

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerName();
}
