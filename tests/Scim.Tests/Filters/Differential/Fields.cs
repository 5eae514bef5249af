using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Filters.Differential;

/// <summary>What kind of values an attribute has.</summary>
internal enum Kind
{
    Text,
    ExactText,
    Number,
    Flag,
    Instant,
}

/// <summary>An attribute that filters of the differential test name. Written down here anew, not taken from the schemas under test.</summary>
/// <param name="Urn">The extension it is in; null for none.</param>
/// <param name="Parent">The complex attribute it is a part of; null for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Many">Whether it, or its parent, is multi-valued.</param>
internal sealed record Field(string? Urn, string? Parent, string Name, Kind Kind, bool Many = false)
{
    public static IReadOnlyList<Field> OfUser { get; } =
    [
        new(null, null, "userName", Kind.Text),
        new(null, null, "id", Kind.ExactText),
        new(null, null, "active", Kind.Flag),
        new(null, "name", "familyName", Kind.Text),
        new(null, "meta", "lastModified", Kind.Instant),
        new(null, "emails", "value", Kind.Text, Many: true),
        new(null, "emails", "type", Kind.Text, Many: true),
        new(null, "emails", "primary", Kind.Flag, Many: true),
        new(SchemaUrns.EnterpriseUser, null, "department", Kind.Text),
        new(SchemaUrns.EnterpriseUser, "manager", "value", Kind.Text),
    ];

    public static IReadOnlyList<Field> OfThing { get; } =
    [
        new(null, null, "key", Kind.ExactText),
        new(null, null, "label", Kind.Text),
        new(null, null, "score", Kind.Number),
        new(null, null, "when", Kind.Instant),
        new(null, null, "flag", Kind.Flag),
        new(null, null, "tags", Kind.Text, Many: true),
        new(null, "box", "width", Kind.Number),
        new(null, "items", "value", Kind.Text, Many: true),
        new(null, "items", "number", Kind.Number, Many: true),
        new(Things.Extra, null, "note", Kind.Text),
        new(Things.Plus, null, "note", Kind.Text),
    ];

    /// <summary>Its whole name.</summary>
    public string Path => (Urn is null ? "" : Urn + ":") + (Parent is null ? "" : Parent + ".") + Name;

    /// <summary>Its parent's whole name.</summary>
    public string ParentPath => (Urn is null ? "" : Urn + ":") + Parent;
}
