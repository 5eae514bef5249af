namespace OrleansIdentity.Saml.Refusals;

/// <summary>Why something was not accepted, for the tenant's admin.</summary>
/// <param name="Id">A stable id in kebab case that begins with <c>saml-</c>.</param>
/// <param name="Detail">What is wrong and what to do. What it repeats of a message is shortened and has no characters that could mean anything to whatever shows it.</param>
public sealed record SamlRefusal(string Id, string Detail);
