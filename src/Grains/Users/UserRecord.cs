using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Users;

/// <summary>A user as its grain holds it in memory.</summary>
/// <param name="Meta">Its SCIM metadata.</param>
/// <param name="Document">The stored representation, UTF-8 JSON.</param>
/// <param name="Account">What SCIM does not show.</param>
internal sealed record UserRecord(ResourceMeta Meta, byte[] Document, Account Account) : ResourceRecord(Meta, Document)
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Private => Account.ToBytes();

    /// <summary>Whether the user has access. Read from the representation each time: few ask.</summary>
    public bool IsActive => Lifecycle.IsActive(ResourceDocument.ReadAttributes(Document));

    /// <summary>Reads a record from the store.</summary>
    public static new UserRecord From(StoredRecord stored) => With(ResourceRecord.From(stored), Account.From(stored.Private.Span));

    /// <summary>A user of a representation and an account.</summary>
    public static UserRecord With(ResourceRecord resource, Account account) => new(resource.Meta, resource.Document, account);

    /// <summary>What readers of accounts may see.</summary>
    public AccountView ToView(string id) => new(id, Account.Role, Status, Document);

    private string Status => !IsActive ? AccountStatuses.Deactivated
        : Account.ConfirmedAt is not null ? AccountStatuses.Confirmed
        : Account.Invitation is not null ? AccountStatuses.InvitePending
        : AccountStatuses.NotInvited;
}
