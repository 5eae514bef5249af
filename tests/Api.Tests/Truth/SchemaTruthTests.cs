using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Truth;

/// <summary>
/// What <c>/Schemas</c> and <c>/ResourceTypes</c> say is tried, attribute by attribute: Okta builds its forms from them. Of the attributes nothing
/// is known here but what was discovered.
/// </summary>
[Collection(ProductCollection.Name)]
public sealed class SchemaTruthTests(SharedProduct shared) : IAsyncLifetime
{
    private Subject _subject = null!;

    public async Task InitializeAsync() => _subject = await Subject.CreateAsync(shared.Product);

    public Task DisposeAsync()
    {
        _subject.Dispose();
        return Task.CompletedTask;
    }

    // D5
    [Fact]
    public Task EveryAttribute_StatesAllItsCharacteristics() => _subject.EachAsync(_ => true, (_, attribute) =>
    {
        string[] members = ["name", "type", "multiValued", "description", "required", "caseExact", "mutability", "returned", "uniqueness"];
        return Task.FromResult(members.FirstOrDefault(member => !attribute.Definition.ContainsKey(member)));
    });

    [Fact]
    public Task ReadWrite_IsTakenShownProjectedAndFound() => _subject.EachAsync(
        attribute => attribute is { IsReadWrite: true, IsNeverReturned: false, IsMembership: false, Type: not "complex" },
        async (type, attribute) =>
        {
            var address = await _subject.CreateAsync(type);
            var value = attribute.Parent is null ? Samples.Whole(attribute, type.Attributes) : Samples.One(attribute);
            var answer = await _subject.SetAsync(address, attribute, value.DeepClone());
            var whole = attribute.Parent?.Path ?? attribute.Path;
            var literal = Samples.Literal(attribute.MultiValued ? value[0]! : value);
            var found = await _subject.CountAsync(type, $"{attribute.Path} eq {literal} and {Id(address)}");
            var present = await _subject.CountAsync(type, $"{attribute.Path} pr and {Id(address)}");
            return answer.Status != 200 ? answer.Text
                : !JsonNode.DeepEquals(value, attribute.In(answer.Body!)) ? $"shown as {attribute.In(answer.Body!)?.ToJsonString()}"
                : attribute.In((await _subject.Scim.GetAsync($"{address}?attributes={attribute.Path}")).Body!) is null ? "not shown when asked for"
                : attribute.In((await _subject.Scim.GetAsync($"{address}?excludedAttributes={whole}")).Body!) is not null ? "shown when excluded"
                : (found, present) != (1, 1) ? $"found by eq {found}, by pr {present}" : null;
        });

    [Fact]
    public Task CaseExact_DecidesWhetherLetterCaseMatters() => _subject.EachAsync(
        attribute => attribute is { IsReadWrite: true, IsMembership: false, IsNeverReturned: false, Type: "string" or "reference" or "binary" },
        async (type, attribute) =>
        {
            var address = await _subject.CreateAsync(type);
            var value = attribute.Parent is null ? Samples.Whole(attribute, type.Attributes) : Samples.One(attribute);
            await _subject.SetAsync(address, attribute, value.DeepClone());
            var other = Samples.OtherCase((attribute.MultiValued ? value[0]! : value).GetValue<string>());
            var found = await _subject.CountAsync(type, $"{attribute.Path} eq \"{other}\" and {Id(address)}");
            return found == (attribute.CaseExact ? 0 : 1) ? null : $"caseExact is {attribute.CaseExact}, and the other letter case found {found}";
        });

    [Fact]
    public Task Type_OfAnotherKind_IsInvalidValue() => _subject.EachAsync(attribute => attribute is { IsReadWrite: true, IsNeverReturned: false }, async (type, attribute) =>
    {
        var address = await _subject.CreateAsync(type);
        var answer = await _subject.SetAsync(address, attribute, attribute.MultiValued ? new JsonArray(Samples.Wrong(attribute)) : Samples.Wrong(attribute));
        return (answer.Status, answer.ScimType) == (400, "invalidValue") ? null : $"{answer.Status} {answer.Text}";
    });

    [Fact]
    public Task MultiValued_DecidesWhetherThereMayBeTwo() => _subject.EachAsync(
        attribute => attribute is { IsReadWrite: true, IsNeverReturned: false, IsMembership: false }, async (type, attribute) =>
        {
            var address = await _subject.CreateAsync(type);
            var two = new JsonArray(Samples.One(attribute, 0, type.Attributes), Samples.One(attribute, 1, type.Attributes));
            var answer = await _subject.SetAsync(address, attribute, two);
            return attribute.MultiValued
                ? answer.Status == 200 && attribute.In(answer.Body!) is JsonArray { Count: 2 } ? null : answer.Text
                : (answer.Status, answer.ScimType) == (400, "invalidValue") ? null : answer.Text;
        });

    // W3 and A8: ignored in a body, refused by a path.
    [Fact]
    public Task ReadOnly_IsIgnoredInABodyAndRefusedByPath() => _subject.EachAsync(attribute => attribute.IsReadOnly, async (type, attribute) =>
    {
        var body = _subject.Body(type);
        attribute.Put(body, attribute.MultiValued ? new JsonArray(new JsonObject { ["value"] = "x" }) : Samples.One(attribute));
        var created = await _subject.Scim.PostAsync(type.Endpoint, body);
        var address = $"{type.Endpoint}/{created.Body?["id"]}";
        var patched = await _subject.Scim.PatchAsync(address, ScimClient.PatchOp(ScimClient.Replace(attribute.Path, Samples.One(attribute, 0, type.Attributes))));
        return created.Status != 201 ? created.Text
            : attribute.In(created.Body!) is { } taken ? $"taken as {taken.ToJsonString()}"
            : (patched.Status, patched.ScimType) == (400, "mutability") ? null : $"{patched.Status} {patched.Text}";
    });

    // P13 and F22
    [Fact]
    public Task Never_IsNeverReturnedWhateverIsAskedAndCannotBeFiltered() => _subject.EachAsync(attribute => attribute.IsNeverReturned, async (type, attribute) =>
    {
        var address = await _subject.CreateAsync(type);
        var answer = await _subject.SetAsync(address, attribute, Samples.One(attribute));
        var asked = await _subject.Scim.GetAsync($"{address}?attributes={attribute.Path}");
        return answer.Status != 200 ? answer.Text
            : attribute.In(answer.Body!) is not null || attribute.In(asked.Body!) is not null ? "returned"
            : await _subject.CountAsync(type, $"{attribute.Path} pr") is { } found ? $"filtered: {found}" : null;
    });

    // W10
    [Fact]
    public Task Required_CannotBeLeftOutOrTakenAway() => _subject.EachAsync(attribute => attribute.Required && !attribute.IsReadOnly, async (type, attribute) =>
    {
        var address = await _subject.CreateAsync(type);
        var body = _subject.Body(type);
        ((attribute.Urn is null ? body : body[attribute.Urn]) as JsonObject)!.Remove(attribute.Name);
        var created = await _subject.Scim.PostAsync(type.Endpoint, body.DeepClone());
        var replaced = await _subject.Scim.PutAsync(address, body);
        var removed = await _subject.Scim.PatchAsync(address, ScimClient.PatchOp(new JsonObject { ["op"] = "remove", ["path"] = attribute.Path }));
        return (created.ScimType, replaced.ScimType, removed.ScimType) == ("invalidValue", "invalidValue", "mutability")
            ? null
            : $"created {created.Status}, replaced {replaced.Status}, removed {removed.Status}";
    });

    [Fact]
    public Task NotRequired_CanBeTakenAway() => _subject.EachAsync(
        attribute => attribute is { IsReadWrite: true, Required: false, Parent: null, IsMembership: false, Type: not "boolean" }, async (type, attribute) =>
        {
            var address = await _subject.CreateAsync(type);
            await _subject.SetAsync(address, attribute, Samples.Whole(attribute, type.Attributes));
            var removed = await _subject.Scim.PatchAsync(address, ScimClient.PatchOp(new JsonObject { ["op"] = "remove", ["path"] = attribute.Path }));
            return removed.Status == 200 && attribute.In(removed.Body!) is null ? null : removed.Text;
        });

    // D6
    [Fact]
    public async Task RequiredExtension_IsOneWithoutWhichNobodyIsCreated()
    {
        var types = (await _subject.Scim.GetAsync("ResourceTypes")).Body!["Resources"]!.AsArray();
        var extensions = types.SelectMany(type => type!["schemaExtensions"]!.AsArray().Select(extension => (Type: type["name"]!.GetValue<string>(), Extension: extension!)));
        Assert.Equal(2, extensions.Count());
        foreach (var (name, extension) in extensions)
        {
            var type = _subject.Types.Single(one => one.Name == name);
            var body = _subject.Body(type);
            body.Remove(extension["schema"]!.GetValue<string>());
            var answer = await _subject.Scim.PostAsync(type.Endpoint, body);
            Assert.Equal(extension["required"]!.GetValue<bool>() ? 400 : 201, answer.Status);
        }
    }

    [Fact]
    public Task Uniqueness_DecidesWhetherTwoMayHaveTheSame() => _subject.EachAsync(
        attribute => attribute is { IsReadWrite: true, IsNeverReturned: false, IsMembership: false, Parent: null }, async (type, attribute) =>
        {
            var (one, other) = (await _subject.CreateAsync(type), await _subject.CreateAsync(type));
            var first = await _subject.SetAsync(one, attribute, Samples.Whole(attribute, type.Attributes));
            var second = await _subject.SetAsync(other, attribute, Samples.Whole(attribute, type.Attributes));
            var status = (first.Status, second.Status);

            // What is unique is given up again, for the sake of those that follow.
            await _subject.Scim.DeleteAsync(one);
            return status == (200, attribute.Uniqueness == "none" ? 200 : 409) ? null : $"uniqueness is {attribute.Uniqueness}, and the answers were {status}";
        });

    // Of the core schemas the canonical values are suggestions (RFC 7643 §7), of a tenant's own they are all that there is.
    [Fact]
    public Task CanonicalValues_OfTheTenantAloneAreClosed() => _subject.EachAsync(
        attribute => attribute is { IsReadWrite: true, IsMembership: false, CanonicalValues.Length: > 0 }, async (type, attribute) =>
        {
            var answer = await _subject.SetAsync(await _subject.CreateAsync(type), attribute, "something else");
            return answer.Status == (attribute.Urn == _subject.Tenant.SchemaUrn ? 400 : 200) ? null : answer.Text;
        });

    [Fact]
    public async Task Memberships_AreAskedAboutByIdAloneAndChangedAtTheGroup()
    {
        var (users, groups) = (_subject.Types.Single(type => type.Name == "User"), _subject.Types.Single(type => type.Name == "Group"));
        var (user, group) = (await _subject.CreateAsync(users), await _subject.CreateAsync(groups));
        var members = groups.Attributes.Single(attribute => attribute.Path == "members");
        var answer = await _subject.SetAsync(group, members, new JsonArray(new JsonObject { ["value"] = user.Split('/')[1] }));
        Assert.Equal((200, 1), (answer.Status, answer.Body!["members"]!.AsArray().Count));
        foreach (var (type, attribute) in _subject.Types.SelectMany(type => type.Attributes.Where(one => one is { IsMembership: true, Parent: not null }).Select(one => (type, one))))
        {
            var id = type == users ? group.Split('/')[1] : user.Split('/')[1];
            Assert.Equal(attribute.Name == "value" ? 1 : null, await _subject.CountAsync(type, $"{attribute.Path} eq \"{id}\""));
        }
    }

    // F18, C12: what discovery does not name is ignored in a body, and an error where it would mean something.
    [Fact]
    public async Task Undiscovered_Names_MeanNothing()
    {
        foreach (var type in _subject.Types)
        {
            foreach (var urn in type.Attributes.Select(attribute => attribute.Urn).Append(type.Schema).Distinct())
            {
                var path = urn is null ? "shoeSize" : $"{urn}:shoeSize";
                Assert.Null(await _subject.CountAsync(type, $"{path} pr"));
                var address = await _subject.CreateAsync(type);
                (await _subject.Scim.PatchAsync(address, ScimClient.PatchOp(ScimClient.Replace(path, 42)))).ShouldBeError(400, "invalidPath");
                var body = _subject.Body(type);
                (urn is null || urn == type.Schema ? body : (JsonObject)(body[urn] ??= new JsonObject()))["shoeSize"] = 42;
                var created = await _subject.Scim.PostAsync(type.Endpoint, body);
                Assert.Equal(201, created.Status);
                Assert.DoesNotContain("shoeSize", created.Text, StringComparison.Ordinal);
            }
        }
    }

    private static string Id(string address) => $"id eq \"{address.Split('/')[1]}\"";
}
