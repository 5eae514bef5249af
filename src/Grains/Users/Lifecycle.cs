using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Patch;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users;

/// <summary>Decides what a command makes of a user. Pure: the same state, command and time give the same decision.</summary>
internal static class Lifecycle
{
    private static readonly ResourceType Type = ResourceTypes.User;

    /// <summary>Decides.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="current">The user as last committed; null when it does not exist.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision (UTC).</param>
    public static UserDecision Decide(string id, UserRecord? current, UserCommand command, DateTimeOffset now) => (command, current) switch
    {
        (CreateUser create, null) => Create(id, create, now),
        (CreateUser, _) => new UserDecision.Refused(ScimErrors.Uniqueness("id", $"user {id}")),
        (_, null) => new UserDecision.Refused(ScimErrors.NotFound(Type.Name, id)),
        _ when command.IfMatch is { } tags && !Precondition.Names(tags, current.Meta.Version) =>
            new UserDecision.Refused(ScimErrors.PreconditionFailed(Precondition.EntityTag(current.Meta.Version))),
        (ReplaceUser replace, _) => Replace(id, current, replace, now),
        (PatchUser patch, _) => Patch(id, current, patch, now),
        (DeleteUser, _) => Delete(current, now),
        _ => throw new ArgumentException($"No user command: {command.GetType().Name}.", nameof(command)),
    };

    private static UserDecision Create(string id, CreateUser command, DateTimeOffset now)
    {
        var created = ResourceChanges.Create(Type, Normalised(command.Attributes));
        return created.TryGet(out var attributes, out var error)
            ? Write(id, null, null, attributes, now, [])
            : new UserDecision.Refused(error);
    }

    private static UserDecision Replace(string id, UserRecord current, ReplaceUser command, DateTimeOffset now)
    {
        var before = ResourceDocument.ReadAttributes(current.Document);
        var replaced = ResourceChanges.Replace(Type, before, Normalised(command.Attributes));
        return replaced.TryGet(out var after, out var error)
            ? Write(id, current, before, after, now, [])
            : new UserDecision.Refused(error);
    }

    private static UserDecision Patch(string id, UserRecord current, PatchUser command, DateTimeOffset now)
    {
        if (!PatchRequest.Read(Type, command.Request, ScimLimits.Default).TryGet(out var request, out var error))
        {
            return new UserDecision.Refused(error);
        }

        var before = ResourceDocument.ReadAttributes(current.Document);
        return request.Apply(before).TryGet(out var patched, out error)
            ? Write(id, current, before, patched.Attributes, now, [.. patched.Ignored.Select(ignored => ignored.Reason)])
            : new UserDecision.Refused(error);
    }

    private static UserDecision.Transition Delete(UserRecord current, DateTimeOffset now)
    {
        var changes = ResourceDiff.Between(ResourceDocument.ReadAttributes(current.Document), null);
        return new UserDecision.Transition(null, [], EventTypes.UserDeleted, now, EventChanges.Of(changes), []);
    }

    private static UserDecision Write(string id, UserRecord? current, JsonObject? before, JsonObject after, DateTimeOffset now, string[] ignored)
    {
        var changes = ResourceDiff.Between(before, after);
        if (current is not null && changes.Count == 0)
        {
            // RFC 7644 §3.5.2.1: "the modify operation […] SHALL NOT change the modify timestamp" of what is already there.
            return new UserDecision.Unchanged(ignored);
        }

        var meta = current is null
            ? new ResourceMeta(Type.Name, now, now, 1)
            : current.Meta with { LastModified = Later(now, current.Meta.LastModified), Version = current.Meta.Version + 1 };
        var next = new UserRecord(meta, ResourceDocument.Write(Type, id, after, meta));
        var keys = UserKeys.Of(after);
        return TooLarge(next, keys) is { } error
            ? new UserDecision.Refused(error)
            : new UserDecision.Transition(next, keys, EventType(before, after), now, EventChanges.Of(changes), ignored);
    }

    // PATCH after PATCH could make a user larger than any body: what every list and every read would carry has an end.
    private static ScimError? TooLarge(UserRecord next, IReadOnlyList<IndexKey> keys)
    {
        if (next.Document.Length > ScimLimits.Default.MaxResourceBytes)
        {
            return ScimErrors.InvalidValue(
                "resource-too-large", $"The user would have more than {ScimLimits.Default.MaxResourceBytes} bytes. Remove values, or send shorter ones.");
        }

        return keys.FirstOrDefault(key => key.Value.Length > IndexKey.MaxLength) is { Attribute: { } attribute }
            ? ScimErrors.InvalidValue("value-too-long", $"The value of '{attribute}' is longer than {IndexKey.MaxLength} characters. Shorten it.")
            : null;
    }

    private static string EventType(JsonObject? before, JsonObject after) => (before is null, IsActive(before), IsActive(after)) switch
    {
        (true, _, _) => EventTypes.UserCreated,
        (_, true, false) => EventTypes.UserDeactivated,
        (_, false, true) => EventTypes.UserReactivated,
        _ => EventTypes.UserUpdated,
    };

    // A user without `active` has access: RFC 7643 §4.1.1 leaves its meaning to the server, and the schema's default is true.
    private static bool IsActive(JsonObject? attributes) => attributes?["active"]?.GetValue<bool>() ?? true;

    private static ResourceInput Normalised(byte[] attributes) => new(JsonNode.Parse(attributes)!.AsObject(), Ignored.None);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
