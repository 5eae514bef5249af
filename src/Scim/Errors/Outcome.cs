using System.Diagnostics.CodeAnalysis;

namespace OrleansIdentity.Scim.Errors;

/// <summary>A value, or the error that there is instead of it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Outcome<T>
{
    private readonly T? _value;
    private readonly ScimError? _error;

    private Outcome(T? value, ScimError? error)
    {
        _value = value;
        _error = error;
    }

    /// <summary>Whether there is a value.</summary>
    public bool Succeeded => _error is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is an error instead.</exception>
    public T Value => _error is null ? _value! : throw new InvalidOperationException($"Refused: {_error.Id}.");

    /// <summary>The error.</summary>
    /// <exception cref="InvalidOperationException">There is a value instead.</exception>
    public ScimError Error => _error ?? throw new InvalidOperationException("Not refused.");

    /// <summary>The value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>The error.</summary>
    public static implicit operator Outcome<T>(ScimError error) => new(default, error);

    /// <summary>Gives the value, or the error.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out ScimError? error)
    {
        value = _value;
        error = _error;
        return error is null;
    }
}
