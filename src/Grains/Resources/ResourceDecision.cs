using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Resources;

/// <summary>What must still be so after a step, and why it is refused when it would not be.</summary>
internal sealed record CommitGuard(KeyGuard Key, ScimError Error);

/// <summary>What <see cref="ResourceLifecycle"/> decided about a command.</summary>
internal abstract record ResourceDecision
{
    /// <summary>The command is refused; nothing changes.</summary>
    public sealed record Refused(ScimError Error) : ResourceDecision;

    /// <summary>The resource already is as the command wants it; nothing changes.</summary>
    /// <param name="Ignored">Why parts of the request had no effect.</param>
    public sealed record Unchanged(string[] Ignored) : ResourceDecision;

    /// <summary>The resource changes from one state to the next, with one event.</summary>
    /// <param name="Next">The resource afterwards; null when it is deleted.</param>
    /// <param name="Keys">Its keys afterwards.</param>
    /// <param name="EventType">What happened, one of <see cref="EventTypes"/>.</param>
    /// <param name="Time">When.</param>
    /// <param name="Changes">What changed, as <see cref="EventData.Changes"/> holds it.</param>
    /// <param name="Ignored">Why parts of the request had no effect.</param>
    public sealed record Transition(
        ResourceRecord? Next, IReadOnlyList<IndexKey> Keys, string EventType, DateTimeOffset Time, ReadOnlyMemory<byte> Changes, string[] Ignored) : ResourceDecision
    {
        /// <summary>What becomes of the members of a group; null when nothing does.</summary>
        public MemberDelta? Members { get; init; }

        /// <summary>What must still be so afterwards; null when nothing must.</summary>
        public CommitGuard? Guard { get; init; }
    }
}
