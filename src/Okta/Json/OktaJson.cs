using System.Text.Json.Serialization;
using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Connection;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Errors;
using OrleansIdentity.Okta.Groups;
using OrleansIdentity.Okta.Logs;
using OrleansIdentity.Okta.Users;

namespace OrleansIdentity.Okta.Json;

/// <summary>How Okta's answers are read: camel case, what is not known is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(OktaApp))]
[JsonSerializable(typeof(AppUser))]
[JsonSerializable(typeof(AppUser[]))]
[JsonSerializable(typeof(AppGroup[]))]
[JsonSerializable(typeof(OktaUser))]
[JsonSerializable(typeof(OktaUser[]))]
[JsonSerializable(typeof(OktaGroup))]
[JsonSerializable(typeof(OktaGroup[]))]
[JsonSerializable(typeof(GroupPushMapping[]))]
[JsonSerializable(typeof(LogEvent[]))]
[JsonSerializable(typeof(Discovery))]
internal sealed partial class OktaJson : JsonSerializerContext;
