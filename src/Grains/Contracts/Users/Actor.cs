namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>A person on whose behalf the host product asks.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Role">The role that it has, one of <see cref="Roles"/>.</param>
[GenerateSerializer, Immutable, Alias("Actor")]
public sealed record Actor([property: Id(0)] string Id, [property: Id(1)] string Role);
