namespace OrleansIdentity.Silo.Storage;

/// <summary>The store cannot be opened as it is; the message says why and what to do.</summary>
public sealed class StoreRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
