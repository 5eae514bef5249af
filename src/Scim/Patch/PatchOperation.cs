using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Members;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Patch;

/// <summary>What an operation does.</summary>
internal enum PatchAction
{
    /// <summary>Adds to what is there.</summary>
    Add,

    /// <summary>Takes the place of what is there.</summary>
    Replace,

    /// <summary>Takes away what is there.</summary>
    Remove,
}

/// <summary>One operation, parsed and with its value in the stored form. It can be applied to any resource of its type.</summary>
internal abstract record PatchOperation
{
    /// <summary>An operation on an attribute that a schema knows.</summary>
    /// <param name="Action">What it does.</param>
    /// <param name="Path">What it is aimed at.</param>
    /// <param name="Value">With what; null for "unassigned", or when a removal names no values.</param>
    public sealed record OnAttribute(PatchAction Action, PatchPath Path, JsonNode? Value) : PatchOperation;

    /// <summary>An operation on the members of a group, which are no part of the attributes.</summary>
    /// <param name="Operation">What it does to them.</param>
    public sealed record OnMembers(MemberOperation Operation) : PatchOperation;

    /// <summary>Members for an extension that no schema knows: they are laid over what is there; null takes one away.</summary>
    /// <param name="Urn">The extension.</param>
    /// <param name="Members">The members.</param>
    public sealed record OnUnknownExtension(string Urn, JsonObject Members) : PatchOperation;

    /// <summary>Takes away a whole extension, but for what only the server sets.</summary>
    /// <param name="Urn">The extension.</param>
    /// <param name="Schema">Its schema; null when no schema knows it.</param>
    public sealed record OffExtension(string Urn, SchemaDefinition? Schema) : PatchOperation;
}
