using Microsoft.Extensions.Options;

namespace OrleansIdentity.Api.Hosting;

/// <summary>Tells failures that the person who starts the process can mend from broken code.</summary>
internal static class StartFailure
{
    /// <summary>What to tell that person; null when it is none of these failures.</summary>
    public static string? Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case Silo.Storage.StoreRefusedException store:
                    return $"OrleansIdentity cannot start: {store.Message}";
                case OptionsValidationException invalid:
                    return string.Join(Environment.NewLine, invalid.Failures.Prepend("OrleansIdentity cannot start with this configuration:"));
                case StartRefusedException refused:
                    return $"OrleansIdentity cannot start: {refused.Message}";
                case IOException io when io.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase):
                    return $"OrleansIdentity cannot start: {io.Message} Stop the other process, or choose another address with --urls.";
            }
        }

        return null;
    }
}

/// <summary>The process must not start; the message says why and what to do.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
