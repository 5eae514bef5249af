using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Tests.Profiles;

/// <summary>rules.md, rules 14 and 16.</summary>
public sealed class ProfileMapperTests
{
    private const string Enterprise = SchemaUrns.EnterpriseUser;

    [Fact]
    public void Map_EveryAttributeOfRule14_IsTheLocalField()
    {
        var profile = Map($$$"""
            {"userName":"ann","name":{"honorificPrefix":"Dr.","givenName":"Ann","familyName":"Lee"},"title":"Engineer","photos":[{"value":"https://p/1"}],
             "preferredLanguage":"de_DE","timezone":"W. Europe Standard Time","emails":[{"value":"a@x.io"},{"value":"b@x.io","primary":true}],
             "addresses":[{"type":"home","locality":"Ulm"},{"type":"work","locality":"  New \t York "}],
             "{{{Enterprise}}}":{"department":" Field  Sales","manager":{"value":"00uboss"} } }
            """);

        Assert.Equal(
            ("ann", "b@x.io", "Dr.", "Ann", "Lee", "Engineer", "https://p/1", "de-DE", "New York", "Field Sales", "00uboss", "Europe/Berlin"),
            (profile.UserName, profile.Email, profile.Title, profile.FirstName, profile.LastName, profile.JobTitle, profile.Avatar, profile.PrimaryLanguage,
                profile.PrimaryLocation, profile.PrimaryTeam, profile.OverrideManager, profile.Timezone));
        Assert.Empty(profile.Misfits);
    }

    [Theory]
    [InlineData("""{"userName":"u","emails":[{"value":"first@x.io"},{"value":"second@x.io"}]}""", "first@x.io")]
    [InlineData("""{"userName":"ann@x.io"}""", "ann@x.io")]
    [InlineData("""{"userName":"ann"}""", null)]
    [InlineData("""{"userName":"ann@@x.io"}""", null)]
    public void Email_PrimaryElseFirstElseUserNameThatIsOne(string attributes, string? expected) => Assert.Equal(expected, Map(attributes).Email);

    [Fact]
    public void Language_WithoutPreferred_IsTheLocale() => Assert.Equal("en-US", Map("""{"userName":"u","locale":"en_US"}""").PrimaryLanguage);

    [Theory]
    [InlineData("Deutsch", "de")]
    [InlineData("german", "de")]
    [InlineData("de-de", "de-DE")]
    [InlineData("de_DE.UTF-8", "de-DE")]
    [InlineData("fr-CH, fr;q=0.9, en;q=0.8", "fr-CH")]
    [InlineData("zh-hant-tw", "zh-Hant-TW")]
    [InlineData("en-JP", "en-JP")]
    public void Language_AsPeopleWriteIt_IsATag(string sent, string expected)
    {
        var profile = Map(new JsonObject { ["userName"] = "u", ["preferredLanguage"] = sent });
        Assert.Equal(expected, profile.PrimaryLanguage);
        Assert.Empty(profile.Misfits);
    }

    [Theory]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData("Pacific Standard Time", "America/Los_Angeles")]
    [InlineData("utc", "UTC")]
    public void Timezone_OfIanaOrWindows_IsIana(string sent, string expected) =>
        Assert.Equal(expected, Map(new JsonObject { ["userName"] = "u", ["timezone"] = sent }).Timezone);

    // Rule 16: "a value that cannot be understood never fails the user, it is reported".
    [Fact]
    public void Misfits_StayAsSentAndAreReported()
    {
        var profile = Map("""{"userName":"u","preferredLanguage":"Klingonish","timezone":"Mars/Olympus","addresses":[{"type":"work","locality":"???"}]}""");

        Assert.Equal(("Klingonish", "Mars/Olympus", "???"), (profile.PrimaryLanguage, profile.Timezone, profile.PrimaryLocation));
        Assert.Equal(["primary_language", "primary_location", "timezone"], profile.Misfits.Select(misfit => misfit.Field));
        Assert.All(profile.Misfits, misfit => Assert.NotEmpty(misfit.Why));
    }

    [Fact]
    public void Map_AnyTexts_FailsForNone() => Gen.Select(Gen.String, Gen.String, Gen.String).Sample((language, zone, place) =>
    {
        var profile = Map(new JsonObject
        {
            ["userName"] = "u", ["preferredLanguage"] = language, ["timezone"] = zone,
            ["addresses"] = new JsonArray(new JsonObject { ["type"] = "work", ["locality"] = place }),
        });
        return profile.Misfits.All(misfit => misfit.Value == language || misfit.Value == zone || misfit.Value == place);
    }, iter: 500);

    [Fact]
    public void EditThenRead_AnyTextField_IsWhatWasWritten()
    {
        var texts = LocalFields.Common.Where(field => field.Name != "email").ToArray();
        Gen.Select(Gen.Int[0, texts.Length - 1], Gen.OneOf(Gen.Const("x"), Gen.Const("Ann Lee"), Gen.Const("straße")), Gen.Bool).Sample((which, value, filled) =>
        {
            var before = filled ? Attributes("""{"userName":"u","photos":[{"value":"p"}],"addresses":[{"type":"work","locality":"a","country":"DE"}],"active":true}""") : Attributes("""{"userName":"u","active":true}""");
            var after = ProfileEdit.Apply(ResourceTypes.User, before, Encoding.UTF8.GetBytes(new JsonObject { [texts[which].Name] = value }.ToJsonString())).Value;
            var cleared = texts[which].Name == "user_name" ? after : ProfileEdit.Apply(ResourceTypes.User, after, Encoding.UTF8.GetBytes($"{{\"{texts[which].Name}\":null}}")).Value;
            return texts[which].Read(after)!.GetValue<string>() == value && (texts[which].Name == "user_name" || texts[which].Read(cleared) is null)
                && (!filled || cleared["addresses"] is not null);
        }, iter: 300);
    }

    [Theory]
    [InlineData("""{"role":"owner"}""", "field-unknown")]
    [InlineData("""{"active":false}""", "field-unknown")]
    [InlineData("""{"job_title":7}""", "field-value")]
    [InlineData("""{"email":"nobody"}""", "email-invalid")]
    [InlineData("""{"user_name":null}""", "field-required")]
    [InlineData("""{"custom_fields":{"shoe":"44"}}""", "field-unknown")]
    [InlineData("""{"title":"a","title":"b"}""", "body-malformed")]
    [InlineData("""{"title":"\ud800"}""", "body-malformed")]
    [InlineData("[]", "body-malformed")]
    public void Edit_WhatIsNoLocalField_IsRefused(string patch, string id) =>
        Assert.Equal(id, ProfileEdit.Apply(ResourceTypes.User, Attributes("""{"userName":"u"}"""), Encoding.UTF8.GetBytes(patch)).Error.Id);

    [Fact]
    public void Team_SameDepartmentInOtherWriting_IsTheSame_AndAnotherInEachTenant()
    {
        Assert.Equal(TeamName.Id("acme", "Sales"), TeamName.Id("acme", "SALES"));
        Assert.NotEqual(TeamName.Id("acme", "Sales"), TeamName.Id("globex", "Sales"));
        Assert.NotEqual(TeamName.Id("acme", "Sales"), TeamName.Id("acme", "Support"));
        Assert.Equal('8', TeamName.Id("acme", "Sales")[14]);
    }

    private static LocalProfile Map(string attributes) => Map(Attributes(attributes));

    private static LocalProfile Map(JsonObject attributes) => ProfileMapper.Map(ResourceTypes.User, attributes);

    private static JsonObject Attributes(string json) => JsonNode.Parse(json)!.AsObject();
}
