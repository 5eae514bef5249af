using Microsoft.Extensions.Options;
using OrleansIdentity.Silo.Storage;

namespace OrleansIdentity.Silo.Hosting;

/// <summary>Tells failures that the person who starts the process can mend from broken code.</summary>
public static class StartFailure
{
    /// <summary>What to tell that person; null when it is none of these failures.</summary>
    public static string? Explain(Exception exception)
    {
        var causes = Causes(exception).ToList();
        var invalid = causes.OfType<OptionsValidationException>().SelectMany(options => options.Failures).ToList();
        if (invalid.Count > 0)
        {
            return string.Join(Environment.NewLine, invalid.Prepend("OrleansIdentity cannot start with this configuration:"));
        }

        return causes.Select(Explained).FirstOrDefault(explanation => explanation is not null);
    }

    private static string? Explained(Exception cause) => cause switch
    {
        StoreRefusedException or StartRefusedException => $"OrleansIdentity cannot start: {cause.Message}",
        IOException when cause.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase) =>
            $"OrleansIdentity cannot start: {cause.Message} Stop the other process, or choose another address with --urls.",
        InvalidOperationException when cause.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) =>
            $"OrleansIdentity cannot start with this configuration: {cause.Message}",
        _ => null,
    };

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        yield return exception;
        var inner = exception is AggregateException several ? several.InnerExceptions : exception.InnerException is { } one ? [one] : Enumerable.Empty<Exception>();
        foreach (var cause in inner.SelectMany(Causes))
        {
            yield return cause;
        }
    }
}

/// <summary>The process must not start; the message says why and what to do.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
