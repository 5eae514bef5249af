namespace OrleansIdentity.Saml.Parties;

/// <summary>What a tenant demands of responses.</summary>
public sealed record SamlPolicy
{
    /// <summary>The widest clock skew: more would keep stolen assertions alive.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>What must be signed. Whatever else is signed must verify too.</summary>
    public SignedParts Signed { get; init; } = SignedParts.Either;

    /// <summary>Whether a response that answers no request is accepted.</summary>
    public bool AllowIdpInitiated { get; init; }

    /// <summary>What is done with a signature by a certificate outside its days of validity.</summary>
    public ExpiredCertificates ExpiredCertificates { get; init; } = ExpiredCertificates.Refuse;

    /// <summary>The format that the name of the user must have; null for any.</summary>
    public string? NameIdFormat { get; init; }

    /// <summary>By how much the clocks may differ: from zero to <see cref="MaxClockSkew"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less or more.</exception>
    public TimeSpan ClockSkew
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= MaxClockSkew
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A clock skew is between zero and {MaxClockSkew}.");
    } = TimeSpan.FromMinutes(2);
}

/// <summary>What must be signed.</summary>
public enum SignedParts
{
    /// <summary>The response or the assertion.</summary>
    Either,

    /// <summary>The assertion itself.</summary>
    Assertion,

    /// <summary>The response around it.</summary>
    Response,

    /// <summary>Both, each by a signature of its own.</summary>
    Both,
}

/// <summary>What is done with a signature by a certificate outside its days of validity.</summary>
public enum ExpiredCertificates
{
    /// <summary>It is refused, and the admin is told to rotate.</summary>
    Refuse,

    /// <summary>It counts: the trust is in the key that the admin entered, and the days are only shown.</summary>
    Accept,
}
