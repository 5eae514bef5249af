namespace OrleansIdentity.Grains.Store;

/// <summary>The store did not answer. Of a commit the outcome is unknown: send the same commit again, or read before deciding anew.</summary>
[GenerateSerializer, Alias("StoreUnavailableException")]
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StoreUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
