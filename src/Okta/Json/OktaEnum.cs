using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansIdentity.Okta.Json;

/// <summary>Reads Okta's words (<c>PASSWORD_EXPIRED</c>). A word that is not known is the enum's zero, <c>Unknown</c>: Okta adds words without notice.</summary>
internal sealed class OktaEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Words = Enum.GetNames<T>().ToDictionary(Spell, Enum.Parse<T>, StringComparer.OrdinalIgnoreCase);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Words.GetValueOrDefault(reader.GetString()!);
        }

        reader.Skip();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Spell(value.ToString()));

    private static string Spell(string name) =>
        string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
