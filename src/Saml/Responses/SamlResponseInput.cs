namespace OrleansIdentity.Saml.Responses;

/// <summary>What a browser posted to the assertion consumer service.</summary>
/// <param name="SamlResponse">The form field <c>SAMLResponse</c>: base64 of XML.</param>
public sealed record SamlResponseInput(string SamlResponse);
