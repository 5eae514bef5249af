namespace OrleansIdentity.Api.Operator;

/// <summary>The vendor's access to the operator API; section <c>Operator</c>.</summary>
public sealed class OperatorOptions
{
    /// <summary>The operator key: a long random text, at least 32 characters.</summary>
    public string? Key { get; set; }
}
