namespace OrleansIdentity.Grains.Contracts.Secrets;

/// <summary>Remembers which key-encryption key the data was made with; there is one such grain.</summary>
[Alias("IKeyCheckGrain")]
public interface IKeyCheckGrain : IGrainWithStringKey
{
    /// <summary>The key of the one grain.</summary>
    const string TheOne = "key-check";

    /// <summary>Whether the key is the right one. The first that is ever asked about becomes the right one.</summary>
    /// <param name="checkValue">32 bytes derived from the key, from which the key cannot be found.</param>
    [Alias("Verify")]
    Task<bool> VerifyAsync(byte[] checkValue);
}
