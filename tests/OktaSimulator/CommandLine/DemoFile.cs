using System.Text.Json;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary>The file that a server's first start in Development leaves.</summary>
/// <param name="ScimBaseUrl">The SCIM base URL.</param>
/// <param name="ScimToken">The bearer token.</param>
internal sealed record DemoFile(string? ScimBaseUrl, string? ScimToken)
{
    /// <summary>Reads the target from the file.</summary>
    /// <exception cref="CannotRunException">It is missing, or it is not such a file.</exception>
    public static ScimTarget Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CannotRunException(
                $"'{path}' is not there. Start the server first (dotnet run --project src/Api), in this folder, "
                + "or say which server to test with --url and --token.");
        }

        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<DemoFile>(file, JsonSerializerOptions.Web) is { ScimBaseUrl: { } url, ScimToken: { } token }
                ? new ScimTarget(url, token)
                : throw new CannotRunException($"'{path}' has no scimBaseUrl and scimToken. Start the server anew, or use --url and --token.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"'{path}' cannot be read: {exception.Message} Use --url and --token instead.");
        }
    }
}
