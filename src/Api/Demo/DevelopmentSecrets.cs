using System.Security.Cryptography;
using System.Text.Json;
using OrleansIdentity.Silo.Hosting;

namespace OrleansIdentity.Api.Demo;

/// <summary>In Development only: secrets that are not configured are made up once and kept beside the data, so that a restart finds them again.</summary>
internal static class DevelopmentSecrets
{
    private const string FileName = "development-secrets.json";

    /// <summary>Fills in what the configuration lacks.</summary>
    public static void AddDevelopmentSecrets(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (configuration["Operator:Key"] is not null && configuration["Secrets:KeyEncryptionKey"] is not null)
        {
            return;
        }

        var data = new DataOptions();
        configuration.GetSection("Data").Bind(data);
        var kept = Keep(Path.Combine(data.FullPath, FileName));
        configuration["Operator:Key"] ??= kept.OperatorKey;
        configuration["Secrets:KeyEncryptionKey"] ??= kept.KeyEncryptionKey;
    }

    private static Kept Keep(string path)
    {
        if (File.Exists(path))
        {
            return JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path), JsonSerializerOptions.Web) ?? throw new JsonException($"{path} is empty.");
        }

        var made = new Kept(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(made, JsonSerializerOptions.Web));
        return made;
    }

    private sealed record Kept(string OperatorKey, string KeyEncryptionKey);
}
