using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Contracts.Resources;

/// <summary>What became of a command to a resource, or its state.</summary>
/// <param name="Error">Why it was refused; null when it was carried out.</param>
/// <param name="Version">The version that SCIM shows as ETag; 0 with an error.</param>
/// <param name="Document">The stored representation, UTF-8 JSON; empty with an error and after a deletion.</param>
/// <param name="Changed">Whether this call changed anything.</param>
/// <param name="Ignored">Why parts of the request had no effect, one reason each.</param>
[GenerateSerializer, Immutable, Alias("ResourceReply")]
public sealed record ResourceReply(
    [property: Id(0)] ScimError? Error,
    [property: Id(1)] long Version,
    [property: Id(2)] byte[] Document,
    [property: Id(3)] bool Changed,
    [property: Id(4)] string[] Ignored)
{
    /// <summary>The groups that a user is a member of, in the order of their ids; empty for other resources.</summary>
    [Id(5)]
    public GroupLink[] Groups { get; init; } = [];

    /// <summary>The id of the resource of the same type that has the value for which this one was refused; null otherwise.</summary>
    [Id(6)]
    public string? HolderId { get; init; }

    /// <summary>A refusal.</summary>
    public static ResourceReply Refused(ScimError error) => new(error, 0, [], false, []);
}

/// <summary>A group as its members show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Display">Its <c>displayName</c>.</param>
[GenerateSerializer, Immutable, Alias("GroupLink")]
public readonly record struct GroupLink([property: Id(0)] string Id, [property: Id(1)] string Display);
