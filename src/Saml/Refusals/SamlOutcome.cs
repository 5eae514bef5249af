using System.Diagnostics.CodeAnalysis;

namespace OrleansIdentity.Saml.Refusals;

/// <summary>What was accepted, or why nothing was.</summary>
/// <typeparam name="T">What is accepted.</typeparam>
public readonly struct SamlOutcome<T>
    where T : class
{
    private readonly T? _value;
    private readonly SamlRefusal? _refusal;

    private SamlOutcome(T? value, SamlRefusal? refusal)
    {
        _value = value;
        _refusal = refusal;
    }

    /// <summary>Accepted.</summary>
    public static implicit operator SamlOutcome<T>(T value) => new(value, null);

    /// <summary>Refused.</summary>
    public static implicit operator SamlOutcome<T>(SamlRefusal refusal) => new(null, refusal);

    /// <summary>Gives what was accepted, or the refusal.</summary>
    /// <exception cref="InvalidOperationException">It is the outcome of nothing.</exception>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out SamlRefusal? refusal)
    {
        value = _value;
        refusal = _refusal;
        return value is not null || (refusal is not null ? false : throw new InvalidOperationException("An outcome that nobody decided."));
    }
}
