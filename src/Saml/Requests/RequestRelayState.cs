using System.Text;

namespace OrleansIdentity.Saml.Requests;

/// <summary>The relay state that we send.</summary>
internal static class RequestRelayState
{
    // Bindings §3.4.3 and §3.5.3.
    private const int MaxBytes = 80;

    public static void ThrowIfTooLong(string? relayState)
    {
        if (relayState is not null && Encoding.UTF8.GetByteCount(relayState) > MaxBytes)
        {
            throw new ArgumentException($"A relay state has at most {MaxBytes} bytes. Keep the rest here, under a key.", nameof(relayState));
        }
    }
}
