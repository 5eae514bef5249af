using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Contracts;

/// <summary>The wire form of a <see cref="ScimError"/>, whose own project knows nothing of Orleans.</summary>
[GenerateSerializer, Immutable, Alias("ScimError")]
public struct ScimErrorWire
{
    /// <summary>The HTTP status.</summary>
    [Id(0)] public int Status;

    /// <summary>RFC 7644 §3.12 keyword, when there is one.</summary>
    [Id(1)] public string? ScimType;

    /// <summary>The stable id.</summary>
    [Id(2)] public string Id;

    /// <summary>What went wrong and what to do.</summary>
    [Id(3)] public string Detail;
}

/// <summary>Converts between <see cref="ScimError"/> and its wire form.</summary>
[RegisterConverter]
public sealed class ScimErrorConverter : IConverter<ScimError, ScimErrorWire>
{
    /// <inheritdoc/>
    public ScimError ConvertFromSurrogate(in ScimErrorWire surrogate) => new(surrogate.Status, surrogate.ScimType, surrogate.Id, surrogate.Detail);

    /// <inheritdoc/>
    public ScimErrorWire ConvertToSurrogate(in ScimError value) => new()
    {
        Status = value.Status,
        ScimType = value.ScimType,
        Id = value.Id,
        Detail = value.Detail,
    };
}
