using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Provider;

/// <summary>The signing keys of an issuer. Tokens are written by hand, so that anything can be wrong with one.</summary>
public sealed class ProviderKeys
{
    private readonly Lock _lock = new();
    private readonly List<(string Id, RSA Key)> _keys = [];
    private int _made;

    public ProviderKeys() => Rotate();

    /// <summary>For how long the keys may be kept, as the answer says.</summary>
    public TimeSpan Life { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Signs with a new key from now on. The one before is published a while longer, unless it is said to be stolen.</summary>
    public void Rotate(bool forgetOld = false, int bits = 2_048)
    {
        lock (_lock)
        {
            if (forgetOld)
            {
                _keys.Clear();
            }

            _keys.Insert(0, (string.Create(CultureInfo.InvariantCulture, $"key-{++_made}"), RSA.Create(bits)));
        }
    }

    /// <summary>A token's header, for the current key.</summary>
    public JsonObject Header(string? type = null)
    {
        lock (_lock)
        {
            var header = new JsonObject { ["alg"] = "RS256", ["kid"] = _keys[0].Id };
            if (type is not null)
            {
                header["typ"] = type;
            }

            return header;
        }
    }

    /// <summary>Signs a token with the current key, by SHA-256 unless another hash is named, whatever its header says.</summary>
    public string Sign(JsonObject header, JsonObject claims, HashAlgorithmName? hash = null)
    {
        lock (_lock)
        {
            var text = $"{Part(header)}.{Part(claims)}";
            return $"{text}.{Base64Url.EncodeToString(_keys[0].Key.SignData(Encoding.ASCII.GetBytes(text), hash ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
        }
    }

    /// <summary>One part of a token.</summary>
    public static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    internal JsonObject Published()
    {
        lock (_lock)
        {
            return new JsonObject
            {
                ["keys"] = new JsonArray([.. _keys.Select(key =>
                {
                    var parameters = key.Key.ExportParameters(includePrivateParameters: false);
                    return new JsonObject
                    {
                        ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = key.Id,
                        ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent),
                    };
                })]),
            };
        }
    }
}
