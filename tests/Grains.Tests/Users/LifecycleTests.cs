using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Tests.Users;

public sealed class LifecycleTests
{
    private const string Id = "0192f000-0000-7000-8000-000000000001";
    private static readonly EventOrigin Origin = new("scim", "token", "correlation");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = DateTimeOffset.MaxValue;

    [Fact]
    public void Create_NewUser_IsActiveAtVersionOneWithItsKeys()
    {
        var transition = Transition(null, Create("""{"userName":"Ann@Example.com","externalId":"00u1","emails":[{"value":"A@x.test"},{"value":"a@X.TEST"}]}"""));

        Assert.Equal(EventTypes.UserCreated, transition.EventType);
        Assert.Equal(new ResourceMeta("User", Now, Now, 1), transition.Next!.Meta);
        Assert.True(Attributes(transition)["active"]!.GetValue<bool>());
        Assert.Equal(
            [
                new IndexKey("userName", "ANN@EXAMPLE.COM", true), new IndexKey("externalId", "00u1", true), new IndexKey("emails.value", "A@X.TEST", false),
                new IndexKey("account.role", "viewer", false), new IndexKey("account.status", "not_invited", false),
            ],
            transition.Keys);
    }

    [Theory]
    [InlineData("{}", "required-attribute-missing")]
    [InlineData("""{"nickName":"n"}""", "required-attribute-missing")]
    public void Create_WithoutUserName_IsRefused(string attributes, string error) => Assert.Equal(error, Refused(null, Create(attributes)));

    [Fact]
    public void Create_WhereAUserIs_IsRefusedAsTaken() => Assert.Equal("value-taken", Refused(User(), Create("""{"userName":"other"}""")));

    [Fact]
    public void AnyCommandButCreate_WhereNoUserIs_IsNotFound()
    {
        foreach (var command in new ResourceCommand[] { Replace("""{"userName":"a"}"""), Patch("nickName", "n"), new DeleteResource(Origin, Deadline, null) })
        {
            Assert.Equal("resource-not-found", Refused(null, command));
        }
    }

    [Theory]
    [InlineData(true, false, EventTypes.UserDeactivated)]
    [InlineData(false, true, EventTypes.UserReactivated)]
    public void Patch_Active_IsNamedAfterWhatItDoesToAccess(bool before, bool after, string eventType)
    {
        var transition = Transition(User(active: before), Patch("active", after));

        Assert.Equal(eventType, transition.EventType);
        Assert.Equal(2, transition.Next!.Meta.Version);
        Assert.Equal($$"""[{"path":"active","before":{{Json(before)}},"after":{{Json(after)}}}]""", Encoding.UTF8.GetString(transition.Changes.Span));
    }

    [Fact]
    public void Replace_ThatDeactivatesAndRenames_IsOneDeactivationWithBothChanges()
    {
        var transition = Transition(User(), Replace("""{"userName":"renamed","active":false}"""));

        Assert.Equal(EventTypes.UserDeactivated, transition.EventType);
        Assert.Equal(["active", "userName"], Paths(transition).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnyChange_ToWhatIsThere_IsUnchanged()
    {
        var user = User();
        Assert.IsType<ResourceDecision.Unchanged>(Lifecycle.Decide(Id, user, Patch("active", true), Now));
        Assert.IsType<ResourceDecision.Unchanged>(Lifecycle.Decide(Id, user, Replace("""{"userName":"ann"}"""), Now));
    }

    [Fact]
    public void AnyChange_WhenTheClockWentBack_KeepsTheLaterTimestamp()
    {
        var later = Assert.IsType<ResourceDecision.Transition>(Lifecycle.Decide(Id, User(), Patch("nickName", "n"), Now.AddHours(-1)));
        Assert.Equal(Now, later.Next!.Meta.LastModified);
        Assert.Equal(Now, later.Next.Meta.Created);
    }

    [Theory]
    [InlineData("W/\"1\"", true)]
    [InlineData("W/\"2\"", false)]
    [InlineData("*", true)]
    public void AnyCommand_IfMatch_IsJudgedBeforeAnythingElse(string tags, bool isAccepted)
    {
        foreach (var command in new ResourceCommand[] { Replace("""{"userName":"b"}""", tags), Patch("nickName", "n", tags), new DeleteResource(Origin, Deadline, tags) })
        {
            var decision = Lifecycle.Decide(Id, User(), command, Now);
            Assert.Equal(isAccepted, decision is ResourceDecision.Transition);
            Assert.Equal(isAccepted ? null : 412, (decision as ResourceDecision.Refused)?.Error.Status);
        }
    }

    [Fact]
    public void Delete_User_ReportsEveryAttributeAsGone()
    {
        var transition = Transition(User(), new DeleteResource(Origin, Deadline, null));

        Assert.Null(transition.Next);
        Assert.Empty(transition.Keys);
        Assert.Equal(EventTypes.UserDeleted, transition.EventType);
        Assert.Equal(["active", "userName"], Paths(transition).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnyChange_BeyondTheLargestSize_IsRefused()
    {
        var filler = new string('x', ScimLimits.Default.MaxResourceBytes);
        Assert.Equal("resource-too-large", Refused(User(), Patch("nickName", filler)));
        Assert.Equal("value-too-long", Refused(User(), Patch("userName", new string('x', IndexKey.MaxLength + 1))));
    }

    private static CreateResource Create(string attributes) => new(Origin, Deadline, Encoding.UTF8.GetBytes(attributes));

    private static ReplaceResource Replace(string attributes, string? ifMatch = null) => new(Origin, Deadline, ifMatch, Encoding.UTF8.GetBytes(attributes));

    private static PatchResource Patch(string path, JsonNode value, string? ifMatch = null) => new(Origin, Deadline, ifMatch, Encoding.UTF8.GetBytes(new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
        ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = path, ["value"] = value }),
    }.ToJsonString()));

    private static UserRecord User(bool active = true) => (UserRecord)Transition(null, Create($$"""{"userName":"ann","active":{{Json(active)}}}""")).Next!;

    private static ResourceDecision.Transition Transition(UserRecord? current, ResourceCommand command) =>
        Assert.IsType<ResourceDecision.Transition>(Lifecycle.Decide(Id, current, command, Now));

    private static string Refused(UserRecord? current, ResourceCommand command) =>
        Assert.IsType<ResourceDecision.Refused>(Lifecycle.Decide(Id, current, command, Now)).Error.Id;

    private static JsonObject Attributes(ResourceDecision.Transition transition) => ResourceDocument.ReadAttributes(transition.Next!.Document);

    private static IEnumerable<string> Paths(ResourceDecision.Transition transition) =>
        JsonNode.Parse(transition.Changes.Span)!.AsArray().Select(change => change!["path"]!.GetValue<string>());

    private static string Json(bool value) => value ? "true" : "false";
}
