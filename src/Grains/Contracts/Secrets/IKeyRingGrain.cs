namespace OrleansIdentity.Grains.Contracts.Secrets;

/// <summary>Keeps the keys that protect sessions and forms, the same for all nodes; there is one such grain. They arrive encrypted.</summary>
[Alias("IKeyRingGrain")]
public interface IKeyRingGrain : IGrainWithStringKey
{
    /// <summary>The key of the one grain.</summary>
    const string TheOne = "key-ring";

    /// <summary>All keys that were ever added, as ASP.NET Data Protection writes them.</summary>
    [Alias("Read")]
    Task<string[]> ReadAsync();

    /// <summary>Adds a key. Adding the same again is harmless.</summary>
    [Alias("Add")]
    Task AddAsync(string element);
}
