using System.Diagnostics.CodeAnalysis;

namespace OrleansIdentity.Okta.Results;

/// <summary>A value from an org, or why there is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct OktaResult<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly OktaFailure? _failure;

    private OktaResult(T? value, OktaFailure? failure)
    {
        _value = value;
        _failure = failure;
    }

    /// <summary>Why there is no value; null when there is one.</summary>
    public OktaFailure? Failure => _failure;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => _failure is null && _value is not null ? _value : throw new InvalidOperationException($"No value: {_failure?.Describe().Id}.");

    /// <summary>The value.</summary>
    public static implicit operator OktaResult<T>(T value) => new(value, null);

    /// <summary>Why there is no value.</summary>
    public static implicit operator OktaResult<T>(OktaFailure failure) => new(default, failure);

    /// <summary>Gives the value, or why there is none.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out OktaFailure? failure)
    {
        value = _value;
        failure = _failure;
        return failure is null;
    }
}
