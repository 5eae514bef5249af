using System.Text.Json;
using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Grains.Standard.Mapping;
using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Results;
using OrleansIdentity.Okta.Users;

namespace OrleansIdentity.Api.Standard.People;

/// <summary>Reads one person of an org, or what a page says of one.</summary>
internal sealed class PersonReader(TimeProvider time)
{
    private static readonly TimeSpan AppStays = TimeSpan.FromMinutes(1);

    /// <summary>Reads a person.</summary>
    /// <param name="org">The org.</param>
    /// <param name="subject">An Okta id, or an e-mail address.</param>
    /// <param name="cancellationToken">Gives up, with an exception.</param>
    public async Task<PersonRead> ReadAsync(TenantOrg org, string subject, CancellationToken cancellationToken)
    {
        OktaUser? named = null;
        if (subject.Contains('@', StringComparison.Ordinal))
        {
            switch (await org.Client.GetUserAsync(subject, cancellationToken))
            {
                case { Failure: OktaFailure.NotFound }:
                    return new PersonRead.Gone(null);
                case { Failure: { } failure }:
                    return Failure(failure);
                case { Value: var user }:
                    named = user;
                    break;
            }
        }

        var id = named?.Id ?? subject;
        var assigned = await org.Client.GetAppUserAsync(org.AppId, id, cancellationToken);
        if (assigned.Failure is OktaFailure.NotFound)
        {
            // "Not found" is said of an app that is not there too, and then it says nothing about anybody.
            return await AppFailureAsync(org, cancellationToken) is { } missing ? new PersonRead.Failed(missing) : new PersonRead.Gone(id);
        }

        if (assigned.Failure is { } refused)
        {
            return Failure(refused);
        }

        return (named is null ? await org.Client.GetUserAsync(id, cancellationToken) : named) switch
        {
            { Failure: OktaFailure.NotFound } => new PersonRead.Gone(id),
            { Failure: { } failure } => Failure(failure),
            { Value: var user } => Of(assigned.Value, user),
        };
    }

    /// <summary>What an assignment and its person come to.</summary>
    public static PersonRead Of(AppUser assignment, OktaUser user)
    {
        if (user.Status == OktaUserStatus.Unknown)
        {
            return new PersonRead.Unfit(new OktaError(
                "okta-status-unknown", "Okta gives the person a status that this product does not know. Nothing was changed. Report it to the vendor."));
        }

        var isActive = user.Status is not (OktaUserStatus.Suspended or OktaUserStatus.Deprovisioned)
            && assignment.Status is not (AppUserStatus.Deprovisioned or AppUserStatus.Inactive or AppUserStatus.Revoked or AppUserStatus.Suspended or AppUserStatus.Unassigned);

        // The person's own profile counts; the app's has what the admin has added for the app alone.
        var profile = new Dictionary<string, JsonElement>(assignment.Profile.Attributes, StringComparer.Ordinal);
        foreach (var (name, value) in user.Profile.Attributes)
        {
            if (value.ValueKind != JsonValueKind.Null || !profile.ContainsKey(name))
            {
                profile[name] = value;
            }
        }

        return new PersonRead.Found(new OktaPerson(user.Id, isActive, profile, user.LastUpdated));
    }

    private async Task<OktaFailure?> AppFailureAsync(TenantOrg org, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - org.AppSeenAt < AppStays)
        {
            return null;
        }

        var app = await org.Client.GetAppAsync(org.AppId, cancellationToken);
        if (app.Failure is null)
        {
            org.AppSeenAt = time.GetUtcNow();
        }

        return app.Failure is OktaFailure.NotFound
            ? new OktaFailure.Refused(new OktaError("okta-app-missing", "Okta has no app with the id in the settings. Nobody was deactivated. Correct the app id, or restore the app."))
            : app.Failure;
    }

    // What is wrong with the way the person is named is the person's own; everything else is the org's.
    private static PersonRead Failure(OktaFailure failure) =>
        failure is OktaFailure.Refused { Error: { Id: "login-with-slash" or "id-invalid" } error } ? new PersonRead.Unfit(error) : new PersonRead.Failed(failure);
}
