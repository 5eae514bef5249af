namespace OrleansIdentity.Okta.Outbound;

/// <summary>A request was given up on purpose. It is not repeated.</summary>
public abstract class OutboundException(string message) : Exception(message);

/// <summary>A host's address is not one that a tenant may name.</summary>
public sealed class AddressRefusedException(string host) : OutboundException($"The host '{host}' has no public address.")
{
    /// <summary>The host.</summary>
    public string Host { get; } = host;
}

/// <summary>An answer was larger than is read.</summary>
public sealed class AnswerTooLargeException(int limit) : OutboundException($"The answer is larger than {limit} bytes.");
