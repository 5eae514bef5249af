namespace OrleansIdentity.Grains.Contracts;

/// <summary>A command that was understood and not carried out. Nothing changed.</summary>
/// <param name="Status">The HTTP status that says it best.</param>
/// <param name="Id">A stable id, in kebab case.</param>
/// <param name="Detail">What is wrong and what to do.</param>
[GenerateSerializer, Immutable, Alias("Refusal")]
public sealed record Refusal([property: Id(0)] int Status, [property: Id(1)] string Id, [property: Id(2)] string Detail);
