using System.Text.Json;

namespace OrleansIdentity.Grains.Standard.Mapping;

/// <summary>A person who is assigned to the tenant's app, as Okta has shown it.</summary>
/// <param name="Id">The Okta id.</param>
/// <param name="IsActive">Whether the person may use the app.</param>
/// <param name="Profile">The profile: base attributes and custom ones at one level.</param>
/// <param name="UpdatedAt">Since when it is so, by Okta's clock; null when Okta did not say.</param>
public sealed record OktaPerson(string Id, bool IsActive, IReadOnlyDictionary<string, JsonElement> Profile, DateTimeOffset? UpdatedAt);

/// <summary>A person in the words of the local profile.</summary>
/// <param name="OktaId">The Okta id.</param>
/// <param name="IsActive">Whether the user is to have access.</param>
/// <param name="Fields">The local fields, a merge patch in UTF-8 JSON: null clears.</param>
/// <param name="Digest">What tells this state from every other one, under the tenant's schema as it is.</param>
/// <param name="UserName">The name that one signs in with.</param>
/// <param name="Email">The e-mail address; null without one that is one.</param>
/// <param name="UpdatedAt">See <see cref="OktaPerson.UpdatedAt"/>.</param>
/// <param name="Unfit">What could not be taken over, and why.</param>
public sealed record MappedPerson(
    string OktaId, bool IsActive, byte[] Fields, string Digest, string UserName, string? Email, DateTimeOffset? UpdatedAt, IReadOnlyList<UnfitValue> Unfit);

/// <summary>A value of Okta that could not be taken over. It fails nobody.</summary>
/// <param name="Attribute">Okta's name of it.</param>
/// <param name="Why">Why not.</param>
public sealed record UnfitValue(string Attribute, string Why);
