using System.Text.Json;
using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Api.Webhooks;

/// <summary>
/// Reads what an event hook delivers, for whom it names and nothing else: a body is authenticated by no more than a static secret, so that it may say who is to be
/// read again, and never what is to become of anybody. Targets are told by their type; their order means nothing. Pure.
/// </summary>
internal static class HookBody
{
    private const int MaxEvents = 5_000;
    private const int MaxId = 128;
    private const int MaxAddress = 320;
    private const string EnvelopeType = "com.okta.event_hook";

    // Others are about apps and groups as a whole; what follows from them for people comes as events of theirs.
    private static readonly HashSet<string> About = new(StringComparer.Ordinal)
    {
        "user.lifecycle.create", "user.lifecycle.activate", "user.lifecycle.deactivate", "user.lifecycle.suspend", "user.lifecycle.unsuspend",
        "user.lifecycle.reactivate", "user.lifecycle.delete.initiated", "user.account.update_profile", "application.user_membership.add",
        "application.user_membership.remove", "application.user_membership.update", "group.user_membership.add", "group.user_membership.remove",
    };

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body, UTF-8 JSON.</param>
    /// <param name="org">The address of the tenant's org.</param>
    /// <param name="appId">The tenant's app.</param>
    public static HookContent Read(ReadOnlyMemory<byte> body, string org, string appId)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return HookContent.Malformed;
            }

            if (Text(root, "eventType") != EnvelopeType || Id(Text(root, "eventId")) is not { } eventId)
            {
                return HookContent.Nothing;
            }

            if (!IsOf(Text(root, "source"), org))
            {
                return HookContent.Foreign;
            }

            var events = root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("events", out var list) && list.ValueKind == JsonValueKind.Array
                    ? list.EnumerateArray().Take(MaxEvents).Select(one => Event(one, appId)).OfType<HookEvent>().ToArray()
                    : [];
            return events.Length == 0 ? HookContent.Nothing : new HookContent(HookContentKind.Delivery, new HookDelivery(eventId, events));
        }
        catch (JsonException)
        {
            return HookContent.Malformed;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which JSON can escape.
            return HookContent.Malformed;
        }
    }

    private static HookEvent? Event(JsonElement happened, string appId)
    {
        if (happened.ValueKind != JsonValueKind.Object
            || Id(Text(happened, "uuid")) is not { } uuid
            || !About.Contains(Text(happened, "eventType") ?? "")
            || !(happened.TryGetProperty("outcome", out var outcome) && outcome.ValueKind == JsonValueKind.Object && Text(outcome, "result") == "SUCCESS")
            || !happened.TryGetProperty("target", out var target) || target.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var targets = target.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).ToArray();
        var apps = targets.Where(one => Text(one, "type") == "AppInstance").Select(one => Text(one, "id")).ToArray();
        var user = targets.FirstOrDefault(one => Text(one, "type") == "User");
        return (apps.Length > 0 && !apps.Contains(appId, StringComparer.Ordinal)) || user.ValueKind != JsonValueKind.Object || Subject(user) is not { } subject
            ? null
            : new HookEvent(uuid, subject);
    }

    private static string? Subject(JsonElement user) => Text(user, "id") is { Length: > 0 and <= MaxId } id && id.All(char.IsAsciiLetterOrDigit)
        ? id
        : Text(user, "alternateId") is { Length: > 2 and <= MaxAddress } address && address.Contains('@', StringComparison.Ordinal) && !address.Any(char.IsControl)
            ? address.ToLowerInvariant()
            : null;

    private static string? Id(string? text) => text is { Length: > 0 and <= MaxId } && !text.Any(char.IsControl) ? text : null;

    private static bool IsOf(string? source, string org) =>
        Uri.TryCreate(source, UriKind.Absolute, out var from) && Uri.TryCreate(org, UriKind.Absolute, out var own) && from.IdnHost == own.IdnHost && from.Port == own.Port;

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What a body came to.</summary>
internal enum HookContentKind
{
    /// <summary>Somebody is to be read again.</summary>
    Delivery,

    /// <summary>Nobody is: a preview, or events that are of no interest here.</summary>
    Nothing,

    /// <summary>It is of another org.</summary>
    Foreign,

    /// <summary>It is no JSON object.</summary>
    Malformed,
}

/// <summary>A body that was read.</summary>
/// <param name="Kind">What it came to.</param>
/// <param name="Delivery">What to keep of it; null for nothing.</param>
internal sealed record HookContent(HookContentKind Kind, HookDelivery? Delivery)
{
    public static HookContent Nothing { get; } = new(HookContentKind.Nothing, null);

    public static HookContent Foreign { get; } = new(HookContentKind.Foreign, null);

    public static HookContent Malformed { get; } = new(HookContentKind.Malformed, null);
}
