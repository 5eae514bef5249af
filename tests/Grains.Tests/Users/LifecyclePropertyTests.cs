using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Tests.Users;

/// <summary>What holds for every sequence of commands.</summary>
public sealed class LifecyclePropertyTests
{
    private const string Id = "0192f000-0000-7000-8000-000000000002";
    private static readonly EventOrigin Origin = new("scim", "token", "correlation");
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = DateTimeOffset.MaxValue;

    private static readonly Gen<JsonObject> Attributes = Gen.Select(
        OneOf("ann", "ANN", "bob"), Gen.Int[0, 2].Select(number => number switch { 0 => true, 1 => false, _ => (bool?)null }), OneOf("n", "m", "", null), (name, active, nick) =>
        {
            var attributes = new JsonObject { ["userName"] = name };
            if (active is not null)
            {
                attributes["active"] = active;
            }

            if (!string.IsNullOrEmpty(nick))
            {
                attributes["nickName"] = nick;
            }

            return attributes;
        });

    private static readonly Gen<ResourceCommand> Commands = Gen.Frequency<ResourceCommand>(
        (2, Attributes.Select(attributes => (ResourceCommand)new CreateResource(Origin, Deadline, Bytes(attributes)))),
        (4, Attributes.Select(attributes => (ResourceCommand)new ReplaceResource(Origin, Deadline, null, Bytes(attributes)))),
        (6, Attributes.Select(attributes => (ResourceCommand)new PatchResource(Origin, Deadline, null, Bytes(new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["value"] = attributes }),
        })))),
        (1, Gen.Const((ResourceCommand)new DeleteResource(Origin, Deadline, null))));

    [Fact]
    public void Decide_AnySequence_CountsVersionsAndTellsTheWholeStory() => Commands.Array[0, 30].Sample(commands =>
    {
        UserRecord? user = null;
        var replayed = new JsonObject();
        var time = Start;
        foreach (var command in commands)
        {
            time = time.AddSeconds(1);
            var decision = Lifecycle.Decide(Id, user, command, time);
            Assert.Equal(Describe(decision), Describe(Lifecycle.Decide(Id, user, command, time)));
            if (decision is not ResourceDecision.Transition transition)
            {
                continue;
            }

            // Before and after of each event lead from one state to the next: the log alone can tell how a user came to be as it is.
            foreach (var change in JsonNode.Parse(transition.Changes.Span)!.AsArray())
            {
                var path = change!["path"]!.GetValue<string>();
                Assert.True(JsonNode.DeepEquals(replayed[path], change["before"]));
                PutOrRemove(replayed, path, change["after"]);
            }

            Assert.Equal((user?.Meta.Version ?? 0) + 1, transition.Next?.Meta.Version ?? user!.Meta.Version + 1);
            user = (UserRecord?)transition.Next;
            var attributes = user is null ? [] : ResourceDocument.ReadAttributes(user.Document);
            Assert.True(JsonNode.DeepEquals(replayed, attributes), $"{replayed.ToJsonString()} is not {attributes.ToJsonString()}");
            if (user is not null)
            {
                Assert.Equal(user.Meta, ResourceDocument.ReadMeta(user.Document));
                Assert.Equal(time, user.Meta.LastModified);

                // Sent once more after it had become durable, the command changes nothing.
                Assert.IsNotType<ResourceDecision.Transition>(Lifecycle.Decide(Id, user, command, time.AddMilliseconds(1)));
            }
        }
    }, iter: 2_000);

    private static Gen<string?> OneOf(params string?[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static void PutOrRemove(JsonObject target, string name, JsonNode? value)
    {
        if (value is null)
        {
            target.Remove(name);
        }
        else
        {
            target[name] = value.DeepClone();
        }
    }

    private static string Describe(ResourceDecision decision) => decision switch
    {
        ResourceDecision.Refused refused => refused.Error.ToString(),
        ResourceDecision.Transition transition => $"{transition.EventType} {Encoding.UTF8.GetString(transition.Next?.Document ?? [])}",
        _ => "unchanged",
    };

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
