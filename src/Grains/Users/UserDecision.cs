using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Users;

/// <summary>What <see cref="Lifecycle"/> decided about a command.</summary>
internal abstract record UserDecision
{
    /// <summary>The command is refused; nothing changes.</summary>
    public sealed record Refused(ScimError Error) : UserDecision;

    /// <summary>The user already is as the command wants it; nothing changes.</summary>
    /// <param name="Ignored">Why parts of the request had no effect.</param>
    public sealed record Unchanged(string[] Ignored) : UserDecision;

    /// <summary>The user changes from one state to the next, with one event.</summary>
    /// <param name="Next">The user afterwards; null when it is deleted.</param>
    /// <param name="Keys">Its keys afterwards.</param>
    /// <param name="EventType">What happened, one of <see cref="EventTypes"/>.</param>
    /// <param name="Time">When.</param>
    /// <param name="Changes">What changed, as <see cref="EventData.Changes"/> holds it.</param>
    /// <param name="Ignored">Why parts of the request had no effect.</param>
    public sealed record Transition(
        UserRecord? Next, IReadOnlyList<IndexKey> Keys, string EventType, DateTimeOffset Time, ReadOnlyMemory<byte> Changes, string[] Ignored) : UserDecision;
}
