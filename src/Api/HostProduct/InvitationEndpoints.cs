using System.Text.Json.Serialization;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Links;
using OrleansIdentity.Api.Mail;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Invites people by hand: one, again, not after all, and everybody who was not invited.</summary>
internal static class InvitationEndpoints
{
    private const int AtOnce = 16;

    public static void MapInvitations(this RouteGroupBuilder group)
    {
        group.MapPost("/users/{id}/invitation", InviteAsync)
            .WithSummary("Invite a person by e-mail now, or again: the link of before is worth nothing then. After each time the next has to wait twice as long")
            .Produces<Person>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(429);
        group.MapDelete("/users/{id}/invitation", RevokeAsync).WithSummary("Take an invitation back: its link is worth nothing, and one that was yet to go out does not")
            .Produces<Person>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/invitations", InviteAllAsync)
            .WithSummary("Invite people who were not invited, as the tenant's settings say when; on behalf of an owner or admin. It can be sent again: nobody is invited twice")
            .Produces<InvitationReport>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
    }

    private static Task<IResult> InviteAsync(string id, HttpContext http, HostServices services, LinkSender links) =>
        ChangeEndpoints.ChangeAsync(id, http, services, async (user, actor, call) =>
            (await user.ReadAccountAsync()).Account is { Document.Length: > 0 } account && LinkMail.AddressOf(account.Document) is null
                ? Problem.From(409, "email-missing", "This person has no e-mail address that an invitation could go to. Nothing was sent. Add one first.")
                : (await links.SendAsync(call.Tenant, id, LinkPurpose.Invitation, call.Origin(actor), services.Deadline, actor)).Refusal is { } refusal
                    ? Problem.From(refusal)
                    : null);

    private static Task<IResult> RevokeAsync(string id, HttpContext http, HostServices services) => ChangeEndpoints.ChangeAsync(id, http, services, async (user, actor, call) =>
        (await user.RevokeInvitationAsync(new RevokeInvitation(call.Origin(actor), services.Deadline) { By = actor })).Refusal is { } refusal ? Problem.From(refusal) : null);

    private static async Task<IResult> InviteAllAsync(InvitationRequest wanted, HttpContext http, HostServices services, LinkSender links)
    {
        var call = HostCall.Of(http);
        var (actor, refused) = await call.RequireActorAsync(http, services);
        if (refused is not null)
        {
            return refused;
        }

        if (!HostCall.SeesIntegration(actor))
        {
            return Problem.From(403, "role-insufficient", "Only an owner or admin may invite everybody. Nothing was changed. Ask one of them.");
        }

        if (wanted.Count is < 1 or > PeopleEndpoints.MaxPage || wanted.After is { } after && !ResourceId.IsOne(after))
        {
            return Problem.From(400, "invitations-malformed",
                $"'count' is how many people to look at, from 1 to {PeopleEndpoints.MaxPage}; 'after' is what the answer before gave as 'next', or left out.");
        }

        var page = await services.People(call.Tenant).ListAsync(
            new PeopleRequest(null, AccountStatuses.NotInvited, null, null, null, null, null, wanted.After, wanted.Count), http.RequestAborted);
        var results = new (string Outcome, SkippedPerson? Skipped)[page.People.Length];
        await Parallel.ForAsync(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = http.RequestAborted }, async (index, _) =>
            results[index] = await InviteOneAsync(call, actor!, page.People[index], services, links));
        return Results.Ok(new InvitationReport(
            Count(AccountStatuses.InvitePending), Count(AccountStatuses.InviteScheduled), Count(AccountStatuses.NotInvited),
            [.. results.Select(one => one.Skipped).OfType<SkippedPerson>()], page.HasMore ? page.People[^1].Id : null));

        int Count(string status) => results.Count(one => one.Outcome == status);
    }

    private static async Task<(string Outcome, SkippedPerson? Skipped)> InviteOneAsync(HostCall call, Actor actor, AccountView person, HostServices services, LinkSender links)
    {
        if (LinkMail.AddressOf(person.Document) is null)
        {
            return ("", new SkippedPerson(person.Id, "email-missing"));
        }

        var policy = call.Settings.Invitations;
        var reply = policy is { Automatic: true, HireDateField: not null }
            ? await services.User(call.Tenant, person.Id).ScheduleInvitationAsync(
                new ScheduleInvitation(call.Origin(actor), services.Deadline, policy, call.Users.Revision) { By = actor })
            : await links.SendAsync(
                call.Tenant, person.Id, LinkPurpose.Invitation, call.Origin(actor), services.Deadline, actor, InvitationCondition.NotInvited);
        return reply.Refusal is { } refusal ? ("", new SkippedPerson(person.Id, refusal.Id)) : (reply.Account!.Status, null);
    }
}

/// <summary>Asks for invitations of people who were not invited, in the order of their creation.</summary>
/// <param name="Count">How many of them to look at, from 1 to 500.</param>
/// <param name="After">What the answer before gave as <c>next</c>; left out at the first.</param>
public sealed record InvitationRequest([property: JsonRequired] int Count, string? After = null);

/// <summary>What became of the invitations.</summary>
/// <param name="Invited">How many mails are on their way.</param>
/// <param name="Scheduled">How many go out at the hire date, or in a moment when that is over.</param>
/// <param name="Waiting">How many go out as soon as a hire date is known.</param>
/// <param name="Skipped">Who was not invited, and why.</param>
/// <param name="Next">What to give as <c>after</c> for those behind; null when there are none.</param>
public sealed record InvitationReport(int Invited, int Scheduled, int Waiting, SkippedPerson[] Skipped, string? Next);

/// <summary>Somebody who was not invited.</summary>
/// <param name="Id">The person.</param>
/// <param name="Reason">The stable id of what stood against it.</param>
public sealed record SkippedPerson(string Id, string Reason);
