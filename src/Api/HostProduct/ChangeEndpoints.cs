using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Profiles;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Changes people, each on behalf of a person whose role the user's own grain looks at.</summary>
internal static class ChangeEndpoints
{
    private const string Json = "application/json";
    private const string MergePatch = "application/merge-patch+json";

    public static void MapChanges(this RouteGroupBuilder group)
    {
        group.MapPost("/users", CreateAsync).WithSummary("Create a person; user_name is email unless given").Accepts<ProfilePatch>(Json)
            .Produces<Person>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(413);
        group.MapPatch("/users/{id}", PatchAsync)
            .WithSummary("Edit fields by hand; what Okta supplies is shown as drift, and in force again after its next sync. If-Match is honoured")
            .Accepts<ProfilePatch>(MergePatch, Json)
            .Produces<Person>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        group.MapPost("/users/{id}/deactivate", (string id, HttpContext http, HostServices services) => AccessAsync(id, false, http, services))
            .WithSummary("Take a person's access").Produces<Person>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        group.MapPost("/users/{id}/reactivate", (string id, HttpContext http, HostServices services) => AccessAsync(id, true, http, services))
            .WithSummary("Give a person access back").Produces<Person>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        group.MapPost("/users/{id}/anonymise", AnonymiseAsync)
            .WithSummary("Erase the personal data of a deactivated person, in its events too; on behalf of an owner or admin. It cannot be undone")
            .Produces<Person>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        group.MapPut("/users/{id}/role", SetRoleAsync).WithSummary("Give a role; the person's sessions end")
            .Produces<Person>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    /// <summary>The fields of a new person, in which the e-mail address is the user name unless one is given.</summary>
    public static byte[] WithUserName(byte[] fields) => ProfileEdit.Parse(fields) is { } parsed && parsed["user_name"] is null && parsed["email"] is { } email
        ? Encoding.UTF8.GetBytes(With(parsed, "user_name", email.DeepClone()).ToJsonString())
        : fields;

    private static async Task<IResult> CreateAsync(HttpContext http, HostServices services)
    {
        var call = HostCall.Of(http);
        var (actor, refused) = await call.RequireActorAsync(http, services);
        if (refused is not null)
        {
            return refused;
        }

        if (!ProfileEdit.Apply(call.Users.Type, [], WithUserName(await ReadBodyAsync(http, services))).TryGet(out var attributes, out var error))
        {
            return Problem.From(error);
        }

        var id = services.NewId();
        var command = new CreateResource(call.Origin(actor!), services.Deadline, Encoding.UTF8.GetBytes(attributes.ToJsonString()));
        var reply = await services.User(call.Tenant, id).CreateAsync(call.For(actor!, command));
        return reply.Error is { } failure ? Problem.From(failure) : await PeopleEndpoints.ShowAsync(http, services, id, actor, StatusCodes.Status201Created);
    }

    private static async Task<IResult> PatchAsync(string id, HttpContext http, HostServices services) =>
        await EditAsync(id, await ReadBodyAsync(http, services), null, http, services);

    private static Task<IResult> AccessAsync(string id, bool active, HttpContext http, HostServices services) =>
        EditAsync(id, "{}"u8.ToArray(), active, http, services);

    private static Task<IResult> EditAsync(string id, byte[] fields, bool? active, HttpContext http, HostServices services) =>
        ChangeAsync(id, http, services, async (user, actor, call) =>
        {
            var command = new EditProfile(call.Origin(actor), services.Deadline, IfMatch(http), fields, active);
            var reply = await user.EditProfileAsync(call.For(actor, command));
            return reply.Error is { } error ? Problem.From(error) : null;
        });

    private static Task<IResult> AnonymiseAsync(string id, HttpContext http, HostServices services) => ChangeAsync(id, http, services, async (user, actor, call) =>
        (await user.AnonymiseAsync(new AnonymiseAccount(call.Origin(actor), services.Deadline) { By = actor })).Refusal is { } refusal ? Problem.From(refusal) : null);

    private static Task<IResult> SetRoleAsync(string id, RoleChange wanted, HttpContext http, HostServices services) => ChangeAsync(id, http, services, async (user, actor, call) =>
        (await user.SetRoleAsync(new SetRole(call.Origin(actor), services.Deadline, wanted.Role) { By = actor })).Refusal is { } refusal ? Problem.From(refusal) : null);

    /// <summary>Changes a person on behalf of somebody, and shows what became of it.</summary>
    public static async Task<IResult> ChangeAsync(
        string id, HttpContext http, HostServices services, Func<IUserGrain, Actor, HostCall, Task<IResult?>> change)
    {
        var call = HostCall.Of(http);
        var (actor, refused) = await call.RequireActorAsync(http, services);
        if (refused is not null)
        {
            return refused;
        }

        return !ResourceId.IsOne(id)
            ? PeopleEndpoints.Unknown()
            : await change(services.User(call.Tenant, id), actor!, call) ?? await PeopleEndpoints.ShowAsync(http, services, id, actor);
    }

    private static Task<byte[]> ReadBodyAsync(HttpContext http, HostServices services) => RequestBody.ReadAsync(http.Request, services.MaxBodyBytes, http.RequestAborted);

    private static string? IfMatch(HttpContext http) => http.Request.Headers.IfMatch is [{ Length: > 0 } tags] ? tags : null;

    private static JsonObject With(JsonObject fields, string name, JsonNode value)
    {
        fields[name] = value;
        return fields;
    }
}
