using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Members;
using OrleansIdentity.Scim.Patch;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Resources;

/// <summary>Decides what a command makes of a resource. Pure: the same state, command and time give the same decision.</summary>
/// <param name="type">The resource's type.</param>
/// <param name="kind">Its kind, one of <see cref="RecordKinds"/>.</param>
/// <param name="keys">The keys of a resource with these attributes.</param>
/// <param name="eventType">What to call the step between two states, the first of which is null at creation and the second at deletion.</param>
internal sealed class ResourceLifecycle(
    ResourceType type, string kind, Func<JsonObject, IReadOnlyList<IndexKey>> keys, Func<JsonObject?, JsonObject?, string> eventType)
{
    /// <summary>The resource's type.</summary>
    public ResourceType Type => type;

    /// <summary>Its kind.</summary>
    public string Kind => kind;

    /// <summary>The same rules for the type as a tenant has it.</summary>
    public ResourceLifecycle For(ResourceType tenants) => tenants == type ? this : new ResourceLifecycle(tenants, kind, keys, eventType);

    /// <summary>Decides about a command that says nothing about members.</summary>
    /// <param name="id">The resource's id.</param>
    /// <param name="current">The resource as last committed; null when it does not exist.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision (UTC).</param>
    public ResourceDecision Decide(string id, ResourceRecord? current, ResourceCommand command, DateTimeOffset now) =>
        Begin(id, current, command, now, out var draft) ?? Conclude(id, current, draft!, MemberChange.None, now);

    /// <summary>Decides as far as that is possible without members.</summary>
    /// <param name="id">The resource's id.</param>
    /// <param name="current">The resource as last committed; null when it does not exist.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision (UTC).</param>
    /// <param name="draft">What is to be concluded, when the decision is null.</param>
    public ResourceDecision? Begin(string id, ResourceRecord? current, ResourceCommand command, DateTimeOffset now, out ResourceDraft? draft)
    {
        draft = null;
        if (Refusal(id, current, command) is { } refused)
        {
            return new ResourceDecision.Refused(refused);
        }

        var stored = current is null ? null : ResourceDocument.ReadAttributes(current.Document);
        if (command is DeleteResource)
        {
            return new ResourceDecision.Transition(null, [], eventType(stored, null), now, EventChanges.Of(ResourceDiff.Between(stored, null)), []);
        }

        var before = stored is null ? null : StoredExtension.Conform(type, stored);
        var drafted = command switch
        {
            CreateResource create => Create(create),
            ReplaceResource replace => Replace(before!, replace),
            PatchResource patch => Patch(before!, patch),
            _ => throw new ArgumentException($"No command to a {kind}: {command.GetType().Name}.", nameof(command)),
        };
        if (!drafted.TryGet(out draft, out var error))
        {
            return new ResourceDecision.Refused(error);
        }

        draft = draft with { Stored = stored };
        return null;
    }

    /// <summary>Decides about a draft, now that it is known what it does to the members.</summary>
    public ResourceDecision Conclude(string id, ResourceRecord? current, ResourceDraft draft, MemberChange members, DateTimeOffset now, string? named = null)
    {
        var changes = ResourceDiff.Between(draft.Before, draft.After);
        string[] ignored = members.LeftOut.Count == 0 ? draft.Ignored : [.. draft.Ignored, Ignored.UnknownMember];
        if (current is not null && changes.Count == 0 && members.Delta.IsEmpty)
        {
            // RFC 7644 §3.5.2.1: "the modify operation […] SHALL NOT change the modify timestamp" of what is already there.
            return new ResourceDecision.Unchanged(ignored);
        }

        // What the tenant's schema has no place for any more goes with the first change, and the event says so.
        changes = draft.Stored == draft.Before ? changes : ResourceDiff.Between(draft.Stored, draft.After);

        var meta = current is null
            ? new ResourceMeta(type.Name, now, now, 1)
            : current.Meta with { LastModified = Later(now, current.Meta.LastModified), Version = current.Meta.Version + 1 };
        var next = new ResourceRecord(meta, ResourceDocument.Write(type, id, draft.After, meta));
        var nextKeys = keys(draft.After);
        return TooLarge(next, nextKeys) is { } error
            ? new ResourceDecision.Refused(error)
            : new ResourceDecision.Transition(
                next, nextKeys, named ?? eventType(draft.Before, draft.After), now, EventChanges.Of([.. changes, .. Changes(members)]), ignored)
            {
                Members = members.Delta.IsEmpty ? null : members.Delta,
            };
    }

    /// <summary>Why a command cannot be to a resource in this state; null when it can.</summary>
    public ScimError? Refusal(string id, ResourceRecord? current, ResourceCommand command) => (command, current) switch
    {
        (CreateResource, null) => null,
        (CreateResource, _) => ScimErrors.Uniqueness("id", $"{kind} {id}"),
        (_, null) => ScimErrors.NotFound(type.Name, id),
        _ when command.IfMatch is { } tags && !Precondition.Names(tags, current.Meta.Version) =>
            ScimErrors.PreconditionFailed(Precondition.EntityTag(current.Meta.Version)),
        _ => null,
    };

    private Outcome<ResourceDraft> Create(CreateResource command)
    {
        var (input, members) = Read(command.Attributes);
        return ResourceChanges.Create(type, input).TryGet(out var created, out var error) ? new ResourceDraft(null, created, members, []) : error;
    }

    private Outcome<ResourceDraft> Replace(JsonObject before, ReplaceResource command)
    {
        var (input, members) = Read(command.Attributes);
        return ResourceChanges.Replace(type, before, input).TryGet(out var replaced, out var error) ? new ResourceDraft(before, replaced, members, []) : error;
    }

    private Outcome<ResourceDraft> Patch(JsonObject before, PatchResource command) =>
        PatchRequest.Read(type, command.Request, ScimLimits.Default).TryGet(out var request, out var error)
        && request.Apply(before).TryGet(out var patched, out error)
            ? new ResourceDraft(before, patched.Attributes, patched.Members, [.. patched.Ignored.Select(ignored => ignored.Reason)])
            : error;

    // What the door has normalised: the members of a group, if they were sent, stand among the attributes as an array of ids.
    private (ResourceInput Input, MemberOperation[] Members) Read(byte[] sent)
    {
        var attributes = JsonNode.Parse(sent)!.AsObject();
        var members = new List<MemberOperation>();
        foreach (var apart in type.Attributes.Where(attribute => attribute.StoredApart))
        {
            if (attributes[apart.Name] is JsonArray ids)
            {
                members.Add(new MemberOperation.Replace([.. ids.Select(id => id!.GetValue<string>())]));
                attributes.Remove(apart.Name);
            }
        }

        // The door may have read it by an earlier revision of the tenant's schema.
        return (new ResourceInput(StoredExtension.Conform(type, attributes), Ignored.None), [.. members]);
    }

    private static IEnumerable<AttributeChange> Changes(MemberChange members)
    {
        if (!members.Delta.IsEmpty)
        {
            yield return new AttributeChange("members", Ids(members.Delta.Removed), Ids(members.Delta.Added));
        }

        if (members.LeftOut.Count > 0)
        {
            yield return new AttributeChange("members.leftOut", null, Ids(members.LeftOut));
        }
    }

    private static JsonArray? Ids(IReadOnlyList<string> ids) => ids.Count == 0 ? null : new JsonArray([.. ids.Select(id => JsonValue.Create(id))]);

    // PATCH after PATCH could make a resource larger than any body: what every list and every read would carry has an end.
    private ScimError? TooLarge(ResourceRecord next, IReadOnlyList<IndexKey> nextKeys)
    {
        if (next.Document.Length > ScimLimits.Default.MaxResourceBytes)
        {
            return ScimErrors.InvalidValue(
                "resource-too-large", $"The {kind} would have more than {ScimLimits.Default.MaxResourceBytes} bytes. Remove values, or send shorter ones.");
        }

        return nextKeys.FirstOrDefault(key => key.Value.Length > IndexKey.MaxLength) is { Attribute: { } attribute }
            ? ScimErrors.InvalidValue("value-too-long", $"The value of '{attribute}' is longer than {IndexKey.MaxLength} characters. Shorten it.")
            : null;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
