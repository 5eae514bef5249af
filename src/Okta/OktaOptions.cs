namespace OrleansIdentity.Okta;

/// <summary>How customers' Okta orgs are called; section <c>Okta</c>.</summary>
public sealed class OktaOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Okta";

    /// <summary>Whether loopback addresses may be called, and by plain http. For development and tests only.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>The part of a customer's rate limit that is used at most, above 0 and up to 1.</summary>
    public double BudgetShare { get; set; } = 0.5;

    /// <summary>Nothing is sent while no more than this part of the limit remains, whoever used the rest; from 0 and below 1.</summary>
    public double ReserveShare { get; set; } = 0.2;

    /// <summary>How many requests to one org are under way at once, for one tenant.</summary>
    public int Concurrency { get; set; } = 4;

    /// <summary>How long a call waits for the rate limit, in seconds, before it answers that it is limited, and until when.</summary>
    public int PatienceSeconds { get; set; } = 5;

    /// <summary>How long one attempt may take, in seconds, its body included.</summary>
    public int AttemptTimeoutSeconds { get; set; } = 15;

    /// <summary>How often a call is repeated after a 5xx, a broken connection or a time-out.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>The largest answer that is read, in bytes after decompression.</summary>
    public int MaxResponseBytes { get; set; } = 8 * 1024 * 1024;
}
