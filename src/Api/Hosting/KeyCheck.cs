using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrleansIdentity.Grains.Contracts.Secrets;
using OrleansIdentity.Silo.Hosting;

namespace OrleansIdentity.Api.Hosting;

/// <summary>Refuses to start with another key-encryption key than the one that the data was made with, before anything is encrypted with it.</summary>
internal sealed class KeyCheck(IGrainFactory grains, IOptions<SecretsOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var key = options.Value.KeyBytes() ?? throw new InvalidOperationException("The options were not validated.");
        var checkValue = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, outputLength: 32, info: Encoding.UTF8.GetBytes("OrleansIdentity key check"));
        if (!await grains.GetGrain<IKeyCheckGrain>(IKeyCheckGrain.TheOne).VerifyAsync(checkValue))
        {
            throw new StartRefusedException(
                "Secrets:KeyEncryptionKey is not the key that this data was made with. Set the key that was used before; nothing was changed.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
